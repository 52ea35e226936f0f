package dev.shoebox.plist;

import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

/** Java's own parser reads every XML list alike, and what was read can be written and read again. */
final class PropertyListFuzz {
    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC"
            + " \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n";

    /** Read unchanged, and omitted when a list is written. */
    private static final Pattern OUTSIDE_XML = Pattern.compile("[\\x01-\\x08\\x0b\\x0c\\x0e-\\x1f\\ufffe\\uffff]");

    private PropertyListFuzz() {}

    static List<byte[]> seeds() {
        return List.of(
                (HEAD + "<plist version=\"1.0\">\n<dict>\n\t<key>Request</key>\n\t<string>QueryType</string>\n"
                                + "<key>n</key><integer>-42</integer><key>u</key><integer>18446744073709551615</integer>"
                                + "<key>r</key><real>6.25e-1</real><key>t</key><true/><key>f</key><false></false>\n"
                                + "<key>d</key><date>2023-11-14T22:13:20Z</date><key>b</key><data>\n\tAAEC\n\t/w==\n</data>"
                                + "<key>e</key><string/><key>l</key><array><string>a</string><array/><dict/></array>"
                                + "</dict>\n</plist>\n")
                        .getBytes(UTF_8),
                ("\ufeff" + HEAD
                                + "<!-- a -->\r\n<plist version='1.0'><!-- b --><dict><key>Ad&#97;&amp;&lt;&#x1F4F7;</key>"
                                + "<string>é\r\n\r<![CDATA[<&]>]]>&gt;&quot;&apos;\ud83d\udcf7</string></dict></plist>")
                        .getBytes(UTF_8),
                "<plist><array><true /><integer> 7 </integer><real>nan</real><real>-infinity</real></array></plist >\n"
                        .getBytes(US_ASCII),
                "<?xml version=\"1.0\"?><!DOCTYPE plist [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><plist><string>&a;</string></plist>"
                        .getBytes(US_ASCII));
    }

    public static void fuzzerTestOneInput(byte[] bytes) {
        Object read = PropertyList.parse(bytes).orElse(null);
        if (read == null || new String(bytes, US_ASCII).startsWith("bplist00")) {
            return;
        }
        if (!OUTSIDE_XML.matcher(new String(bytes, UTF_8)).find()) {
            requireSame(byJava(bytes), told(read));
        }
        Map<String, Object> entry = Map.of("a", read);
        requireSame(
                OUTSIDE_XML.matcher(told(entry)).replaceAll(""),
                told(PropertyList.dictionary(PropertyList.xml(entry)).orElse(Map.of())));
    }

    private static void requireSame(String expected, String actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError("expected " + expected + " but was " + actual);
        }
    }

    /** The same text for equal values, including arrays of bytes. */
    static String told(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, String> entries = new LinkedHashMap<>();
            map.forEach((key, entry) -> entries.put((String) key, told(entry)));
            return "dict" + entries;
        }
        if (value instanceof List<?> list) {
            return "array" + list.stream().map(PropertyListFuzz::told).toList();
        }
        return value instanceof byte[] bytes
                ? "data" + Arrays.toString(bytes)
                : value.getClass().getSimpleName() + " " + value;
    }

    /** The result of Java's own parser, in the same form. */
    static String byJava(byte[] bytes) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
            factory.setIgnoringComments(true);
            factory.setCoalescing(true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new org.xml.sax.helpers.DefaultHandler());
            builder.setEntityResolver((publicId, systemId) -> new InputSource(new StringReader("")));
            Element plist = builder.parse(new ByteArrayInputStream(bytes)).getDocumentElement();
            List<Element> values = elements(plist);
            return plist.getTagName().equals("plist") && values.size() == 1 ? told(values.get(0)) : "no property list";
        } catch (SAXException | IOException none) {
            return none.toString();
        } catch (ParserConfigurationException e) {
            throw new AssertionError(e);
        }
    }

    private static String told(Element element) {
        String text = element.getTextContent().trim();
        return switch (element.getTagName()) {
            case "dict" -> {
                Map<String, String> entries = new LinkedHashMap<>();
                List<Element> within = elements(element);
                for (int i = 0; i < within.size(); i += 2) {
                    entries.put(within.get(i).getTextContent(), told(within.get(i + 1)));
                }
                yield "dict" + entries;
            }
            case "array" ->
                "array" + elements(element).stream().map(PropertyListFuzz::told).toList();
            case "string" -> told((Object) element.getTextContent());
            case "integer" -> {
                BigInteger number = new BigInteger(text);
                yield told(
                        number.bitLength() < Long.SIZE ? (Object) number.longValue() : (Object) number.doubleValue());
            }
            case "real" ->
                told((Object) Double.valueOf(text.replace("nan", "NaN").replace("infinity", "Infinity")));
            case "date" -> told(Instant.parse(text));
            case "data" -> told(Base64.getDecoder().decode(text.replaceAll("\\s+", "")));
            case "true", "false" -> told(Boolean.valueOf(element.getTagName()));
            default -> element.getTagName();
        };
    }

    private static List<Element> elements(Element parent) {
        List<Element> elements = new ArrayList<>();
        for (Node each = parent.getFirstChild(); each != null; each = each.getNextSibling()) {
            if (each instanceof Element element) {
                elements.add(element);
            }
        }
        return elements;
    }
}
