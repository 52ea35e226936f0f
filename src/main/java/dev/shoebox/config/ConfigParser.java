package dev.shoebox.config;

import dev.shoebox.system.AppDirectories;
import dev.shoebox.text.FailureText;
import dev.shoebox.text.NearestWord;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One pass over the file. Collects its values and its errors. */
final class ConfigParser {
    private static final String PHONE = "phone";
    private static final String DESTINATION = "destination";

    /** In bytes; a configuration of a hundred phones is far smaller. */
    private static final int LONGEST = 1 << 20;

    private final ConfigSchema words;
    private final List<ConfigError> faults = new ArrayList<>();
    private final Map<String, Table> phones = new LinkedHashMap<>();
    private final Map<String, Table> destinations = new LinkedHashMap<>();
    private final Map<String, Table.Entry> defaults = new LinkedHashMap<>();
    private final AppDirectories places;

    private ConfigParser(AppDirectories places, ConfigSchema words) {
        this.places = places;
        this.words = words;
    }

    static ConfigParser of(AppDirectories places, ConfigSchema words) throws IOException {
        try {
            return of(places, words, text(places.file()));
        } catch (CharacterCodingException notText) {
            ConfigParser reading = new ConfigParser(places, words);
            reading.faults.add(new ConfigError(Position.START, "This is not UTF-8 text."));
            return reading;
        } catch (IOException unreadable) {
            throw new ConfigurationException(
                    places.file() + " cannot be read (" + FailureText.of(unreadable) + "); it should be a text file.");
        }
    }

    static ConfigParser of(AppDirectories places, ConfigSchema words, String text) {
        ConfigParser reading = new ConfigParser(places, words);
        TomlParseResult result;
        try {
            result = Toml.parse(text);
        } catch (RuntimeException | AssertionError confused) {
            // For some nonsense, the parser reports an internal error rather than one in the text.
            reading.faults.add(new ConfigError(Position.START, "This cannot be read as TOML."));
            return reading;
        }
        result.errors().forEach(error -> reading.faults.add(new ConfigError(at(error.position()), sentence(error))));
        reading.read(result);
        return reading;
    }

    private static String text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) {
                throw new ConfigurationException(file + " is too large to be a configuration.");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        }
    }

    List<ConfigError> faults() {
        return faults;
    }

    Configuration configuration() {
        return new Configuration(places, new Table("", Position.START, defaults), phones, destinations);
    }

    private void read(TomlTable file) {
        for (String key : file.keySet()) {
            Object value = file.get(List.of(key));
            Position at = position(file, key);
            switch (key) {
                case PHONE ->
                    tables(key, at, value, Stream.concat(words.phone().stream(), words.options().stream()), phones);
                case DESTINATION -> tables(key, at, value, words.destination().stream(), destinations);
                default -> {
                    if (value instanceof TomlTable) {
                        faults.add(new ConfigError(
                                at,
                                "[" + key + "] is unknown; the tables are [phone.NAME] and [destination.NAME].",
                                NearestWord.of(key, List.of(PHONE, DESTINATION))));
                    } else {
                        entry("", key, at, value, words.options()).ifPresent(entry -> defaults.put(key, entry));
                    }
                }
            }
        }
    }

    private void tables(String kind, Position at, Object value, Stream<Key> keys, Map<String, Table> into) {
        List<Key> known = keys.toList();
        if (!(value instanceof TomlTable named)) {
            faults.add(new ConfigError(at, "Each " + kind + " has its own table: [" + kind + ".NAME]."));
            return;
        }
        for (String name : named.keySet()) {
            Position here = position(named, name);
            if (!(named.get(List.of(name)) instanceof TomlTable table)) {
                faults.add(new ConfigError(
                        here,
                        "'" + name + "' is under [" + kind + "], which has no name: write [" + kind
                                + ".NAME] above it."));
            } else if (!Profile.isName(name)) {
                faults.add(new ConfigError(
                        here,
                        "'" + name + "' cannot be the name of a " + kind + "; use letters A to Z, digits, - and _."));
            } else {
                Map<String, Table.Entry> entries = new LinkedHashMap<>();
                for (String key : table.keySet()) {
                    entry(kind + "." + name, key, position(table, key), table.get(List.of(key)), known)
                            .ifPresent(entry -> entries.put(key, entry));
                }
                into.put(name, new Table(name, here, entries));
            }
        }
    }

    private Optional<Table.Entry> entry(String table, String name, Position at, Object value, List<Key> known) {
        Optional<Key> key =
                known.stream().filter(one -> one.name().equals(name)).findAny();
        if (key.isEmpty()) {
            faults.add(new ConfigError(
                    at,
                    "'" + name + "' is unknown" + (table.isEmpty() ? "." : " in [" + table + "]."),
                    NearestWord.of(name, known.stream().map(Key::name).toList())));
            return Optional.empty();
        }
        List<String> values = new ArrayList<>();
        if (!isOfKind(key.get().kind(), value, values)) {
            faults.add(new ConfigError(at, "'" + name + "' " + wanted(key.get().kind())));
            return Optional.empty();
        }
        for (String text : values) {
            Optional<String> complaint = key.get().complaint().apply(text);
            if (complaint.isPresent()) {
                faults.add(new ConfigError(at, "'" + name + "': " + complaint.get()));
                return Optional.empty();
            }
        }
        return Optional.of(new Table.Entry(at, List.copyOf(values)));
    }

    /** @param texts receives the value */
    private static boolean isOfKind(Key.Kind kind, Object value, List<String> texts) {
        if (value instanceof TomlTable) {
            return false;
        }
        if (value instanceof TomlArray several) {
            return kind == Key.Kind.LIST
                    && several.toList().stream().allMatch(one -> isOfKind(Key.Kind.VALUE, one, texts));
        }
        texts.add(value.toString());
        return (value instanceof Boolean) == (kind == Key.Kind.FLAG);
    }

    private static String wanted(Key.Kind kind) {
        return switch (kind) {
            case FLAG -> "must be true or false, without quotes.";
            case VALUE -> "takes one value: text in quotes, or a number.";
            case LIST -> "takes a value, or several in brackets: [\"one\", \"two\"].";
        };
    }

    private static Position position(TomlTable table, String key) {
        return Optional.ofNullable(table.inputPositionOf(List.of(key)))
                .map(ConfigParser::at)
                .orElse(Position.START);
    }

    private static Position at(TomlPosition position) {
        return new Position(position.line(), position.column());
    }

    private static String sentence(Exception error) {
        String words = Optional.ofNullable(error.getMessage())
                .orElse("This is not TOML")
                .replaceAll("\\p{Cntrl}+", " ");
        return words.endsWith(".") ? words : words + ".";
    }
}
