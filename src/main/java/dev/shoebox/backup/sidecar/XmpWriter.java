package dev.shoebox.backup.sidecar;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.PrimitiveIterator;

/**
 * Writes the properties of one XMP description, one per line. Characters that XML does not allow are dropped;
 * characters that could move a cursor, end a line or change the reading direction on a terminal are written as
 * character references.
 */
final class XmpWriter {
    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter xml;

    XmpWriter() throws XMLStreamException {
        xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
    }

    void simple(String name, String value) throws XMLStreamException {
        begin(name);
        value(value);
        end();
    }

    void alternatives(String name, String value) throws XMLStreamException {
        begin(name);
        xml.writeStartElement("rdf:Alt");
        xml.writeStartElement("rdf:li");
        xml.writeAttribute("xml:lang", "x-default");
        value(value);
        xml.writeEndElement();
        xml.writeEndElement();
        end();
    }

    /** Writes nothing if there are no values. */
    void items(String name, String kind, List<String> values) throws XMLStreamException {
        if (values.isEmpty()) {
            return;
        }
        begin(name);
        xml.writeStartElement("rdf:" + kind);
        for (String value : values) {
            xml.writeStartElement("rdf:li");
            value(value);
            xml.writeEndElement();
        }
        xml.writeEndElement();
        end();
    }

    /** Returns all properties. Their namespaces are declared by the surrounding description. */
    String written() throws XMLStreamException {
        xml.flush();
        return text.toString();
    }

    private void begin(String name) throws XMLStreamException {
        xml.writeCharacters("   ");
        xml.writeStartElement(name);
    }

    private void end() throws XMLStreamException {
        xml.writeEndElement();
        xml.writeCharacters("\n");
    }

    private void value(String value) throws XMLStreamException {
        for (PrimitiveIterator.OfInt points = value.codePoints().iterator(); points.hasNext(); ) {
            int point = points.nextInt();
            if (!isAllowed(point)) {
                continue;
            }
            if (shows(point)) {
                xml.writeCharacters(Character.toString(point));
            } else {
                xml.writeEntityRef("#x" + Integer.toHexString(point).toUpperCase(Locale.ROOT));
            }
        }
    }

    /** XML 1.0, production 2. */
    private static boolean isAllowed(int point) {
        return point == '\t'
                || point == '\n'
                || point == '\r'
                || (point >= 0x20 && point <= 0xD7FF)
                || (point >= 0xE000 && point <= 0xFFFD)
                || point >= 0x10000;
    }

    private static boolean shows(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL -> point == '\t' || point == '\n';
            // Zero-width joiners are harmless, and needed by emoji and some scripts.
            case Character.FORMAT -> point == 0x200C || point == 0x200D;
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
