package dev.shoebox.plist;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the XML form. The elements are those of Apple's DTD ({@code PropertyList-1.0.dtd}), in UTF-8. Supports only the
 * XML that such lists need, and rejects the rest: declarations in the document type, entities other than the five of
 * XML, other attributes, processing instructions. Java's own parser takes longer to set up than a phone takes to
 * respond.
 */
final class XmlReader {
    private static final String CDATA = "<![CDATA[";
    private static final int LONGEST_REFERENCE = 10;
    private static final int LONGEST_INTEGER = 40;

    /** A name of a document type (XML 1.0, section 2.3), on one line. */
    private static final String IDENTIFIER =
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -'()+,./:=?;!*#@$_%";

    private final String text;
    private final int deepest;
    private int valuesLeft;
    private int at;

    /** Whether the last opened element is closed by the same tag. */
    private boolean closed;

    /**
     * @param deepest the maximum depth of dictionaries and arrays
     * @param mostValues the maximum number of values and keys
     */
    XmlReader(byte[] list, int deepest, int mostValues) throws MalformedListException {
        try {
            this.text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(list))
                    .toString();
        } catch (CharacterCodingException other) {
            throw new MalformedListException();
        }
        this.deepest = deepest;
        this.valuesLeft = mostValues;
    }

    /** Reads a list, as {@link PropertyList#parse} describes. */
    Object read() throws MalformedListException {
        // A phone writes other control characters unchanged, although XML does not allow them.
        require(text.indexOf('\0') < 0);
        at = text.startsWith("\ufeff") ? 1 : 0;
        passDeclaration();
        passSpaceAndComments();
        passDocumentType();
        passSpaceAndComments();
        require(open().equals("plist") && !closed);
        passSpaceAndComments();
        Object value = value(0);
        passSpaceAndComments();
        close("plist");
        passSpaceAndComments();
        require(at == text.length());
        return value;
    }

    private void passDeclaration() throws MalformedListException {
        if (passIf("<?xml")) {
            require("1.0".equals(attribute("version")));
            String encoding = attribute("encoding");
            require(encoding == null || encoding.equalsIgnoreCase("utf-8"));
            String alone = attribute("standalone");
            require(alone == null || alone.equals("yes") || alone.equals("no"));
            passSpace();
            pass("?>");
        }
    }

    private void passDocumentType() throws MalformedListException {
        if (passIf("<!DOCTYPE")) {
            require(passSpace());
            pass("plist");
            boolean spaced = passSpace();
            if (!text.startsWith(">", at)) {
                require(spaced);
                if (passIf("PUBLIC")) {
                    require(passSpace());
                    quoted();
                } else {
                    pass("SYSTEM");
                }
                require(passSpace());
                quoted();
                passSpace();
            }
            pass(">");
        }
    }

    private Object value(int depth) throws MalformedListException {
        require(--valuesLeft >= 0);
        String element = open();
        return switch (element) {
            case "dict" -> dictionary(depth + 1);
            case "array" -> array(depth + 1);
            case "string" -> text(element);
            case "integer" -> integer(text(element).trim());
            case "real" -> real(text(element).trim());
            case "date" -> date(text(element).trim());
            case "data" -> data(text(element));
            case "true", "false" -> {
                require(text(element).trim().isEmpty());
                yield element.equals("true");
            }
            default -> throw new MalformedListException();
        };
    }

    private Map<String, Object> dictionary(int depth) throws MalformedListException {
        require(depth <= deepest);
        Map<String, Object> entries = new LinkedHashMap<>();
        while (hasMore("dict")) {
            require(--valuesLeft >= 0 && open().equals("key"));
            String key = text("key");
            passSpaceAndComments();
            entries.put(key, value(depth));
        }
        return entries;
    }

    private List<Object> array(int depth) throws MalformedListException {
        require(depth <= deepest);
        List<Object> entries = new ArrayList<>();
        while (hasMore("array")) {
            entries.add(value(depth));
        }
        return entries;
    }

    /** Returns whether the container has another element; skips its end tag if not. */
    private boolean hasMore(String container) throws MalformedListException {
        if (closed) {
            closed = false;
            return false;
        }
        passSpaceAndComments();
        if (!text.startsWith("</", at)) {
            return true;
        }
        close(container);
        return false;
    }

    /**
     * Returns an integer; one that does not fit a {@code long} becomes the nearest {@code double}, which matches no
     * count of a phone.
     */
    private static Object integer(String digits) throws MalformedListException {
        require(digits.length() <= LONGEST_INTEGER && consistsOf(digits, "0123456789+-"));
        try {
            return Long.valueOf(digits);
        } catch (NumberFormatException large) {
            return real(digits);
        }
    }

    /** Returns a real number; the words for special values are those of CoreFoundation ({@code CFPropertyList.c}). */
    private static Double real(String digits) throws MalformedListException {
        return switch (digits) {
            case "nan" -> Double.NaN;
            case "+infinity" -> Double.POSITIVE_INFINITY;
            case "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> decimal(digits);
        };
    }

    private static Double decimal(String digits) throws MalformedListException {
        require(consistsOf(digits, "0123456789+-.eE"));
        try {
            return Double.valueOf(digits);
        } catch (NumberFormatException none) {
            throw new MalformedListException();
        }
    }

    private static Instant date(String date) throws MalformedListException {
        require(date.length() == "2000-01-01T00:00:00Z".length());
        try {
            return Instant.parse(date);
        } catch (DateTimeParseException impossible) {
            throw new MalformedListException();
        }
    }

    private static byte[] data(String encoded) throws MalformedListException {
        StringBuilder digits = new StringBuilder(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            if (!isSpace(encoded.charAt(i))) {
                digits.append(encoded.charAt(i));
            }
        }
        try {
            return Base64.getDecoder().decode(digits.toString());
        } catch (IllegalArgumentException other) {
            throw new MalformedListException();
        }
    }

    /** Returns the name of the element whose tag starts here. */
    private String open() throws MalformedListException {
        require(at < text.length() && text.charAt(at) == '<');
        int begin = ++at;
        while (at < text.length() && text.charAt(at) >= 'a' && text.charAt(at) <= 'z') {
            at++;
        }
        String name = text.substring(begin, at);
        if (name.equals("plist")) {
            attribute("version");
        }
        passSpace();
        closed = at < text.length() && text.charAt(at) == '/';
        at += closed ? 1 : 0;
        pass(">");
        return name;
    }

    private void close(String element) throws MalformedListException {
        pass("</");
        pass(element);
        passSpace();
        pass(">");
    }

    /** Returns the text of the last opened element, which has no child elements, and skips its end tag. */
    private String text(String element) throws MalformedListException {
        if (closed) {
            closed = false;
            return "";
        }
        StringBuilder content = new StringBuilder();
        while (true) {
            int end = text.indexOf('<', at);
            require(end >= 0);
            appendUnescaped(content, text.substring(at, end));
            at = end;
            if (!text.startsWith(CDATA, at)) {
                close(element);
                return content.toString();
            }
            int last = text.indexOf("]]>", at);
            require(last >= 0);
            content.append(linesEndedByNewlines(text.substring(at + CDATA.length(), last)));
            at = last + "]]>".length();
        }
    }

    private static void appendUnescaped(StringBuilder content, String escaped) throws MalformedListException {
        require(!escaped.contains("]]>"));
        String lines = linesEndedByNewlines(escaped);
        int begin = 0;
        for (int and = lines.indexOf('&'); and >= 0; and = lines.indexOf('&', begin)) {
            content.append(lines, begin, and);
            int end = lines.indexOf(';', and);
            require(end > and && end - and <= LONGEST_REFERENCE);
            content.appendCodePoint(referred(lines.substring(and + 1, end)));
            begin = end + 1;
        }
        content.append(lines, begin, lines.length());
    }

    private static int referred(String name) throws MalformedListException {
        return switch (name) {
            case "amp" -> '&';
            case "lt" -> '<';
            case "gt" -> '>';
            case "quot" -> '"';
            case "apos" -> '\'';
            default -> numbered(name);
        };
    }

    private static int numbered(String name) throws MalformedListException {
        boolean hexadecimal = name.startsWith("#x");
        String digits = name.substring(Math.min(name.length(), hexadecimal ? 2 : 1));
        require(name.startsWith("#") && digits.chars().allMatch(each -> Character.digit(each, 16) >= 0 && each < 0x80));
        try {
            int character = Integer.parseInt(digits, hexadecimal ? 16 : 10);
            require(isCharacter(character) || Character.isSupplementaryCodePoint(character));
            return character;
        } catch (NumberFormatException none) {
            throw new MalformedListException();
        }
    }

    private static String linesEndedByNewlines(String lines) {
        return lines.indexOf('\r') < 0 ? lines : lines.replace("\r\n", "\n").replace('\r', '\n');
    }

    private void passSpaceAndComments() throws MalformedListException {
        passSpace();
        while (text.startsWith("<!--", at)) {
            at = text.indexOf("--", at + "<!--".length());
            require(at >= 0);
            pass("-->");
            passSpace();
        }
    }

    /** Returns the value of the attribute here, or null if its name is another. */
    private String attribute(String name) throws MalformedListException {
        int before = at;
        if (!passSpace() || !passIf(name)) {
            at = before;
            return null;
        }
        passSpace();
        pass("=");
        passSpace();
        return quoted();
    }

    private String quoted() throws MalformedListException {
        require(at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\''));
        int end = text.indexOf(text.charAt(at), at + 1);
        require(end > at);
        String value = text.substring(at + 1, end);
        require(consistsOf(value, IDENTIFIER));
        at = end + 1;
        return value;
    }

    /** @return whether there was one */
    private boolean passSpace() {
        int before = at;
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
        return at > before;
    }

    private boolean passIf(String word) {
        boolean here = text.startsWith(word, at);
        at += here ? word.length() : 0;
        return here;
    }

    private void pass(String word) throws MalformedListException {
        require(passIf(word));
    }

    private static boolean consistsOf(String word, String characters) {
        for (int i = 0; i < word.length(); i++) {
            if (characters.indexOf(word.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSpace(char each) {
        return each == ' ' || each == '\n' || each == '\t' || each == '\r';
    }

    /** Returns whether XML allows a character in a reference (XML 1.0, section 2.2). */
    private static boolean isCharacter(int each) {
        return (each >= ' ' && each < Character.MIN_SURROGATE)
                || (each > Character.MAX_SURROGATE && each < 0xfffe)
                || each == '\n'
                || each == '\t'
                || each == '\r';
    }

    private static void require(boolean holds) throws MalformedListException {
        if (!holds) {
            throw new MalformedListException();
        }
    }

    /** The bytes are not a property list, or exceed the limits. */
    static final class MalformedListException extends Exception {
        private static final long serialVersionUID = 1;

        MalformedListException() {
            super("no property list", null, false, false);
        }
    }
}
