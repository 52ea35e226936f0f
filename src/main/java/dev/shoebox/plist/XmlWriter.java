package dev.shoebox.plist;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;

/** Writes the XML form like Apple's tools, except for indentation. */
final class XmlWriter {
    private static final String HEAD = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
            <plist version="1.0">
            """;

    private final StringBuilder text = new StringBuilder(1024).append(HEAD);

    static byte[] list(Object value) {
        XmlWriter writer = new XmlWriter();
        writer.append(value);
        return writer.text.append("</plist>\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private void append(Object value) {
        if (value instanceof Map<?, ?> entries) {
            text.append("<dict>\n");
            entries.forEach((key, entry) -> {
                append("key", (String) key);
                append(entry);
            });
            text.append("</dict>\n");
        } else if (value instanceof Iterable<?> entries) {
            text.append("<array>\n");
            entries.forEach(this::append);
            text.append("</array>\n");
        } else if (value instanceof String string) {
            append("string", string);
        } else if (value instanceof Boolean on) {
            text.append(on ? "<true/>\n" : "<false/>\n");
        } else if (value instanceof Long || value instanceof Integer) {
            append("integer", value.toString());
        } else if (value instanceof Double real) {
            append(
                    "real",
                    real.isNaN()
                            ? "nan"
                            : real.isInfinite() ? (real > 0 ? "+infinity" : "-infinity") : real.toString());
        } else if (value instanceof Instant moment) {
            append("date", moment.truncatedTo(ChronoUnit.SECONDS).toString());
        } else if (value instanceof byte[] bytes) {
            append("data", Base64.getEncoder().encodeToString(bytes));
        } else {
            throw new IllegalArgumentException("no property list has this: " + value);
        }
    }

    private void append(String element, String content) {
        text.append('<').append(element).append('>');
        for (int i = 0; i < content.length(); i++) {
            char each = content.charAt(i);
            switch (each) {
                case '&' -> text.append("&amp;");
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                case '\r' -> text.append("&#13;");
                default -> {
                    if (isWritable(each)) {
                        text.append(each);
                    }
                }
            }
        }
        text.append("</").append(element).append(">\n");
    }

    /**
     * Returns whether a character can be written. XML does not allow most control characters, which are dropped. A lone
     * surrogate becomes a question mark.
     */
    private static boolean isWritable(char each) {
        return (each >= ' ' && each < 0xfffe) || each == '\n' || each == '\t';
    }
}
