package com.example.urls;

import com.connylabs.ingest.api.*;
import com.connylabs.ingest.api.plugin.*;
import java.io.*;
import java.net.*;
import java.util.*;

/** A source of the type "urls": what is at the addresses that the configuration lists. */
public final class UrlsPlugin implements Plugin {
    @Override
    public String type() {
        return "urls";
    }

    @Override
    public Source source(PluginContext context) throws ConfigException {
        List<String> urls = context.config().strings("urls");
        context.config().finish(); // complains about all that is wrong
        return new UrlsSource(urls);
    }

    private record UrlsSource(List<String> urls) implements Source {
        @Override
        public Nexter nexter() {
            return new Nexter() {
                private Iterator<String> rest = urls.iterator();

                @Override
                public void reset() {
                    rest = urls.iterator();
                }

                @Override
                public Optional<Codec> next() {
                    return rest.hasNext() ? Optional.of(element(rest.next())) : Optional.empty();
                }
            };
        }

        private static Codec element(String url) {
            return Codec.of(url, URI.create(url).getPath().substring(1)); // the id, and the name to store it under
        }

        @Override
        public Optional<IngestObject> download(Codec element) throws TransientException {
            try {
                URLConnection connection = URI.create(element.id()).toURL().openConnection();
                connection.setConnectTimeout(30_000);
                connection.setReadTimeout(30_000);
                return Optional.of(IngestObject.of(ObjectAttributes.unknown(), connection.getInputStream()));
            } catch (FileNotFoundException e) {
                return Optional.empty(); // not there, or not any more
            } catch (IOException e) {
                throw new TransientException("download " + element.id() + ": " + e, e); // tried again
            }
        }

        @Override
        public CleanUpResult cleanUp(Codec element) throws PermanentException {
            throw new PermanentException(element.id() + ": cannot be removed; set cleanUp: false"); // not tried again
        }

        @Override
        public void check() {}

        @Override
        public URI location() {
            return URI.create("urls:" + urls.size());
        }

        @Override
        public void close() {}
    }
}
