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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the XML form. The elements are those of Apple's DTD ({@code PropertyList-1.0.dtd}), in UTF-8; of XML it knows what such
 * a list needs, and refuses the rest: declarations within the document type, entities but the five of XML itself, other
 * attributes, processing instructions. Java's own parser takes longer to set up than a phone takes to answer.
 */
final class XmlReader {
    private static final Pattern DECLARATION = pattern("<\\?xml_+version_*=_*(?:\"1\\.0\"|'1\\.0')"
            + "(?:_+encoding_*=_*(?:\"(?i:utf-8)\"|'(?i:utf-8)'))?"
            + "(?:_+standalone_*=_*(?:\"(?:yes|no)\"|'(?:yes|no)'))?_*\\?>");
    private static final Pattern DOCUMENT_TYPE =
            pattern("<!DOCTYPE_+plist(?:_+(?:PUBLIC_+\"[-'()+,./:=?;!*#@$%A-Za-z0-9 \\r\\n]*+\"|SYSTEM)"
                    + "_+(?:\"[ !#-~]*+\"|'[ -&(-~]*+'))?_*>");
    private static final Pattern VERSION = pattern("_+version_*=_*(?:\"[^\"<&]*+\"|'[^'<&]*+')");
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]{1,40}");
    private static final Pattern REAL =
            Pattern.compile("[-+]?(?:[0-9]++(?:\\.[0-9]*+)?+|\\.[0-9]++)(?:[eE][-+]?[0-9]{1,9})?|nan|[-+]infinity");

    private static final String CDATA = "<![CDATA[";
    private static final int LONGEST_REFERENCE = 10;

    private final String text;
    private final int deepest;
    private int valuesLeft;
    private int at;

    /** Whether the element that was opened last is closed by the same tag. */
    private boolean closed;

    /**
     * @param deepest how many dictionaries and arrays may contain each other
     * @param mostValues how many values and keys there may be
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

    /** As {@link PropertyList#parse} describes it. */
    Object read() throws MalformedListException {
        // A phone writes other control characters as they are, though XML has none of them.
        require(text.indexOf('\0') < 0);
        at = text.startsWith("\ufeff") ? 1 : 0;
        if (text.startsWith("<?", at)) {
            pass(DECLARATION);
        }
        passSpaceAndComments();
        if (text.startsWith("<!", at)) {
            pass(DOCUMENT_TYPE);
            passSpaceAndComments();
        }
        require(open().equals("plist") && !closed);
        passSpaceAndComments();
        Object value = value(0);
        passSpaceAndComments();
        close("plist");
        passSpaceAndComments();
        require(at == text.length());
        return value;
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

    /** Passes what closes the container once nothing else is in it. */
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

    /** What no {@code long} holds is the nearest {@code double}, as a count that no phone has. */
    private static Object integer(String digits) throws MalformedListException {
        require(INTEGER.matcher(digits).matches());
        try {
            return Long.valueOf(digits);
        } catch (NumberFormatException large) {
            return Double.valueOf(digits);
        }
    }

    /** The words are those of CoreFoundation ({@code CFPropertyList.c}). */
    private static Double real(String digits) throws MalformedListException {
        require(REAL.matcher(digits).matches());
        return switch (digits) {
            case "nan" -> Double.NaN;
            case "+infinity" -> Double.POSITIVE_INFINITY;
            case "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> Double.valueOf(digits);
        };
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

    /** The name of the element whose tag begins here. */
    private String open() throws MalformedListException {
        require(at < text.length() && text.charAt(at) == '<');
        int begin = ++at;
        while (at < text.length() && text.charAt(at) >= 'a' && text.charAt(at) <= 'z') {
            at++;
        }
        String name = text.substring(begin, at);
        if (name.equals("plist")) {
            Matcher version = VERSION.matcher(text).region(at, text.length());
            at = version.lookingAt() ? version.end() : at;
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

    /** What is in the element that was opened last, which contains no other, up to and with its end. */
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

    private void passSpace() {
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
    }

    private void pass(String word) throws MalformedListException {
        require(text.startsWith(word, at));
        at += word.length();
    }

    private void pass(Pattern pattern) throws MalformedListException {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        require(matcher.lookingAt());
        at = matcher.end();
    }

    /** @param spaced a regular expression in which {@code _} is a space of XML */
    private static Pattern pattern(String spaced) {
        return Pattern.compile(spaced.replace("_", "[ \\t\\r\\n]"));
    }

    private static boolean isSpace(char each) {
        return each == ' ' || each == '\n' || each == '\t' || each == '\r';
    }

    /** Which of 16 bits XML lets a reference stand for (XML 1.0, section 2.2). */
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

    /** The bytes are no property list, or one beyond the limits. */
    static final class MalformedListException extends Exception {
        private static final long serialVersionUID = 1;

        MalformedListException() {
            super("no property list", null, false, false);
        }
    }
}
