package dev.shoebox.cli.terminal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Builds one line of {@code --json} output, as listed in docs/json.md. Unknown values are omitted. */
public final class JsonEvent {
    private final Map<String, Object> fields = new LinkedHashMap<>();

    public JsonEvent(String name) {
        fields.put("event", name);
    }

    /** @param value an optional value adds what it holds, or nothing */
    public JsonEvent with(String key, Object value) {
        if (value instanceof Optional<?> maybe) {
            maybe.ifPresent(known -> fields.put(key, known));
        } else if (value instanceof OptionalInt maybe) {
            maybe.ifPresent(known -> fields.put(key, known));
        } else if (value instanceof OptionalLong maybe) {
            maybe.ifPresent(known -> fields.put(key, known));
        } else {
            fields.put(key, value);
        }
        return this;
    }

    public Map<String, Object> fields() {
        return fields;
    }
}
