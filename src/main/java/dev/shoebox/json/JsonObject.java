package dev.shoebox.json;

import com.fasterxml.jackson.jr.ob.JSON;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON object with typed access to its fields. The text is untrusted and may be truncated: every error, including a
 * field that is missing or has another type, is an unchecked exception.
 *
 * @param fields strings, numbers, booleans, and lists and maps of these
 */
public record JsonObject(Map<String, Object> fields) {
    private static final char DELETE = 0x7f;

    /** @throws IllegalArgumentException if the text is not an object */
    public static JsonObject parse(String text) {
        try {
            Map<String, Object> fields = JSON.std.mapFrom(text);
            if (fields == null) {
                throw new IllegalArgumentException("no JSON object");
            }
            return new JsonObject(fields);
        } catch (IOException none) {
            throw new IllegalArgumentException("no JSON object", none);
        }
    }

    /**
     * Formats an object as one line of JSON, without a line terminator. It may contain names from a phone or an
     * archive, and people print it to terminals, so characters that could move the cursor, end the line or reverse the
     * reading direction are escaped.
     */
    public static String line(Map<String, ?> fields) {
        try {
            return printable(JSON.std.asString(fields));
        } catch (IOException impossible) {
            throw new IllegalStateException("maps of strings and numbers are always JSON", impossible);
        }
    }

    /**
     * Formats one value as JSON, escaped like {@link #line}.
     *
     * @param value a string, number or boolean, or a list or map of these
     */
    public static String value(Object value) {
        try {
            return printable(JSON.std.asString(value));
        } catch (IOException impossible) {
            throw new IllegalStateException("strings and numbers are always JSON", impossible);
        }
    }

    public boolean has(String name) {
        return fields.containsKey(name);
    }

    /** Returns whether the field is present and true. */
    public boolean isTrue(String name) {
        return Boolean.TRUE.equals(fields.get(name));
    }

    public String text(String name) {
        return (String) require(name);
    }

    /** Returns a string; empty if the field is absent. */
    public Optional<String> optional(String name) {
        return has(name) ? Optional.of(text(name)) : Optional.empty();
    }

    public long number(String name) {
        return ((Number) require(name)).longValue();
    }

    public double decimal(String name) {
        return ((Number) require(name)).doubleValue();
    }

    public List<String> texts(String name) {
        return list(name).stream().map(String.class::cast).toList();
    }

    /** Returns a list of lists of strings. */
    public List<List<String>> lists(String name) {
        return list(name).stream()
                .map(each -> ((List<?>) each).stream().map(String.class::cast).toList())
                .toList();
    }

    public JsonObject object(String name) {
        return of(require(name));
    }

    public List<JsonObject> objects(String name) {
        return list(name).stream().map(JsonObject::of).toList();
    }

    private List<?> list(String name) {
        return (List<?>) require(name);
    }

    private static JsonObject of(Object value) {
        var fields = new LinkedHashMap<String, Object>();
        ((Map<?, ?>) value).forEach((key, each) -> fields.put((String) key, each));
        return new JsonObject(fields);
    }

    private Object require(String name) {
        Object value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no " + name);
        }
        return value;
    }

    /** Characters beyond ASCII occur only in strings, where each UTF-16 unit may be escaped by number. */
    private static String printable(String json) {
        int at = 0;
        while (at < json.length() && json.charAt(at) < DELETE) {
            at++;
        }
        if (at == json.length()) {
            return json;
        }
        var safe = new StringBuilder(json.length() + 16).append(json, 0, at);
        json.substring(at).codePoints().forEach(point -> {
            if (shows(point)) {
                safe.appendCodePoint(point);
            } else {
                for (char unit : Character.toChars(point)) {
                    safe.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
                }
            }
        });
        return safe.toString();
    }

    private static boolean shows(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }
}
