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

    public JsonEvent with(String key, Object value) {
        fields.put(key, value);
        return this;
    }

    public JsonEvent with(String key, Optional<?> value) {
        value.ifPresent(known -> fields.put(key, known));
        return this;
    }

    public JsonEvent with(String key, OptionalInt value) {
        value.ifPresent(known -> fields.put(key, known));
        return this;
    }

    public JsonEvent with(String key, OptionalLong value) {
        value.ifPresent(known -> fields.put(key, known));
        return this;
    }

    public Map<String, Object> fields() {
        return fields;
    }
}
