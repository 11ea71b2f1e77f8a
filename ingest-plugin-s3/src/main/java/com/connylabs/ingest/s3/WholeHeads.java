package com.connylabs.ingest.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.http.io.HttpMessageParserFactory;

/**
 * Reads heads of answers as Apache's client does, but for one thing: that takes the end of the connection for the end of the
 * head, and what was cut off for something that the store does not say. An object would be empty, or of no version.
 */
final class WholeHeads implements HttpMessageParserFactory<ClassicHttpResponse> {
    @Override
    @SuppressWarnings("deprecation") // and there is no other method to write
    public HttpMessageParser<ClassicHttpResponse> create(Http1Config config) {
        HttpMessageParser<ClassicHttpResponse> parser = new DefaultHttpResponseParserFactory(config).create();
        return (buffer, in) -> parser.parse(buffer, new Head(in));
    }

    /** Nobody reads beyond a head to find its end. */
    private static final class Head extends FilterInputStream {
        Head(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            return there(super.read());
        }

        @Override
        public int read(byte[] into, int offset, int most) throws IOException {
            return there(super.read(into, offset, most));
        }

        private static int there(int read) throws IOException {
            if (read < 0) {
                throw new IOException("the connection ended before the head of an answer did");
            }
            return read;
        }
    }
}
