package com.connylabs.ingest.s3;

import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads an answer of a store, an element after the other, without a tree of them. Used by one thread. */
final class Elements implements AutoCloseable {
    private static final XMLInputFactory FACTORY = factory();

    private final XMLStreamReader xml;

    private Elements(XMLStreamReader xml) {
        this.xml = xml;
    }

    /** Reads no more than is in the document itself. */
    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    /** Goes into the outermost element of a document. */
    static Elements in(InputStream document) throws XMLStreamException {
        Elements elements = new Elements(FACTORY.createXMLStreamReader(document));
        elements.xml.nextTag();
        return elements;
    }

    /** Goes to the next child of the element that it is in, and into that; false at the end, and then it is in its parent. */
    boolean child() throws XMLStreamException {
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    return true;
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    return false;
                }
                default -> {}
            }
        }
        return false;
    }

    /** Of the element that it has just gone into. */
    String name() {
        return xml.getLocalName();
    }

    /** Reads the text of the element that it is in, and leaves it. */
    String text() throws XMLStreamException {
        return xml.getElementText();
    }

    /** Leaves the element that it is in, however deep that is. */
    void skip() throws XMLStreamException {
        int depth = 1;
        while (depth > 0) {
            int event = xml.next();
            depth += event == XMLStreamConstants.START_ELEMENT ? 1 : 0;
            depth -= event == XMLStreamConstants.END_ELEMENT ? 1 : 0;
        }
    }

    /** Reads on to the end, so that what is no document does not go unnoticed. */
    void end() throws XMLStreamException {
        while (xml.hasNext()) {
            xml.next();
        }
    }

    @Override
    public void close() throws XMLStreamException {
        xml.close();
    }
}
