package dev.shoebox.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** One line of {@code --json} output being put together; docs/json.md lists them. What is not known is left out. */
final class Event {
    private final Map<String, Object> fields = new LinkedHashMap<>();

    Event(String name) {
        fields.put("event", name);
    }

    Event with(String key, Object value) {
        fields.put(key, value);
        return this;
    }

    Event with(String key, Optional<?> value) {
        value.ifPresent(known -> fields.put(key, known));
        return this;
    }

    Event with(String key, OptionalInt value) {
        value.ifPresent(known -> fields.put(key, known));
        return this;
    }

    Event with(String key, OptionalLong value) {
        value.ifPresent(known -> fields.put(key, known));
        return this;
    }

    Map<String, Object> fields() {
        return fields;
    }
}
