package dev.shoebox.destination.naming;

import dev.shoebox.destination.disk.Names;
import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.source.SourceId;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.time.temporal.WeekFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The path of a photo below the destination's root: a preset, or a template of date parts and facts.
 *
 * <p>A template is a list of components separated by {@code /}. They are folders, and files keep their names; but if
 * the last component contains {@code {original_name}}, it is the name without its extension. Dates use the codes of
 * strftime, in English. If the template needs a date and there is none, the folder is {@code undated}.
 */
public final class Layout {
    /** The layout of files other than photos, whose names include their folders. */
    public static final Layout OF_FILES = new Layout(List.of(), List.of());

    private static final Map<String, String> PRESETS =
            Map.of("day", "%Y/%m/%d", "month", "%Y/%m", "year", "%Y", "flat", "");
    private static final String DATES = "YyCmBbhdejHIMSpAauwUWVGF";
    private static final List<String> FACTS = List.of("device", "type", "camera.model", "original_name", "album");
    private static final String UNDATED = "undated";
    private static final int FOLDER_BYTES = 100;
    private static final int FOLDERS_CHARACTERS = 150;

    private final List<List<Token>> folders;

    /** Of the files; empty where they keep theirs. */
    private final List<Token> name;

    private final boolean needsDate;

    private Layout(List<List<Token>> folders, List<Token> name) {
        this.folders = folders;
        this.name = name;
        this.needsDate = folders.stream().flatMap(List::stream).anyMatch(DatePart.class::isInstance)
                || name.stream().anyMatch(DatePart.class::isInstance);
    }

    /** A part of a component. */
    private sealed interface Token {}

    private record Literal(String text) implements Token {}

    private record DatePart(char code) implements Token {}

    private record Fact(String name, String fallback) implements Token {}

    /**
     * The facts that a layout can use.
     *
     * @param album the first album of the photo, without its folders
     */
    public record Facts(
            Optional<CaptureTime> captured,
            String device,
            String type,
            Optional<String> cameraModel,
            String name,
            Optional<String> album) {
        /** The facts of a photo in no album. */
        public Facts(
                Optional<CaptureTime> captured, String device, String type, Optional<String> cameraModel, String name) {
            this(captured, device, type, cameraModel, name, Optional.empty());
        }
    }

    /**
     * The place of an asset.
     *
     * @param folder made of safe names; empty for the root
     * @param base the common name of its files, not yet made safe
     */
    record Spot(String folder, String base) {}

    /**
     * @param text {@code day}, {@code month}, {@code year}, {@code flat}, or a template
     * @throws IllegalArgumentException with a message that names the unknown token and the known ones
     */
    public static Layout parse(String text) {
        String template = PRESETS.getOrDefault(text, text);
        if (template.isEmpty() && text.isEmpty()) {
            throw refused(text, "is empty");
        }
        if (template.startsWith("/") || template.contains("\\") || template.matches("[A-Za-z]:.*")) {
            throw refused(text, "must be relative, its folders joined by /");
        }
        var components = new ArrayList<List<Token>>();
        if (!template.isEmpty()) {
            for (String component : template.replaceFirst("/$", "").split("/", -1)) {
                if (component.isBlank() || component.equals(".") || component.equals("..")) {
                    throw refused(text, "has a component that is not a valid folder name: \"" + component + "\"");
                }
                components.add(tokens(text, component));
            }
            if (components.stream().flatMap(List::stream).allMatch(Literal.class::isInstance)) {
                throw refused(text, "is not a preset and contains no date or fact");
            }
        }
        List<Token> name = List.of();
        if (!components.isEmpty() && namesTheFile(components.get(components.size() - 1))) {
            name = components.remove(components.size() - 1);
        }
        return new Layout(List.copyOf(components), name);
    }

    private static boolean namesTheFile(List<Token> component) {
        return component.stream()
                .anyMatch(token -> token instanceof Fact fact && fact.name().equals("original_name"));
    }

    private static List<Token> tokens(String text, String component) {
        var tokens = new ArrayList<Token>();
        var literal = new StringBuilder();
        int at = 0;
        while (at < component.length()) {
            char character = component.charAt(at);
            int end = at + 1;
            if (character == '%') {
                if (end == component.length()) {
                    throw refused(text, "ends in a lone %");
                }
                char code = component.charAt(end++);
                if (code != '%' && DATES.indexOf(code) < 0) {
                    throw refused(text, "has an unknown part %" + code);
                }
                if (code == '%') {
                    literal.append('%');
                } else {
                    flush(literal, tokens);
                    tokens.add(new DatePart(code));
                }
            } else if (character == '{') {
                end = component.indexOf('}', at) + 1;
                if (end == 0) {
                    throw refused(text, "has a { without a }");
                }
                String[] parts = component.substring(at + 1, end - 1).split(",", 2);
                if (!FACTS.contains(parts[0])) {
                    throw refused(text, "has an unknown part {" + parts[0] + "}");
                }
                flush(literal, tokens);
                tokens.add(new Fact(parts[0], parts.length == 2 && !parts[1].isBlank() ? parts[1] : "unknown"));
            } else {
                literal.append(character);
            }
            at = end;
        }
        flush(literal, tokens);
        return List.copyOf(tokens);
    }

    private static void flush(StringBuilder literal, List<Token> tokens) {
        if (literal.length() > 0) {
            tokens.add(new Literal(literal.toString()));
            literal.setLength(0);
        }
    }

    private static IllegalArgumentException refused(String text, String why) {
        var dates = new StringBuilder();
        DATES.chars().forEach(code -> dates.append(" %").append((char) code));
        return new IllegalArgumentException("the layout \"" + text + "\" " + why
                + "; use day, month, year, flat, or a template of" + dates + " %% {"
                + String.join("} {", FACTS) + "}, with a default as in {camera.model,unknown}.");
    }

    /** Returns the layout of files other than photos if the source has such files; else this one. */
    public Layout of(SourceId source) {
        return source.isOfFiles() ? OF_FILES : this;
    }

    /** @param original the base name of the asset on its source */
    Spot spot(Facts facts, String original) {
        if (this == OF_FILES) {
            int slash = original.lastIndexOf('/');
            return new Spot(original.substring(0, Math.max(0, slash)), original.substring(slash + 1));
        }
        if (needsDate && facts.captured().isEmpty()) {
            return new Spot(UNDATED, original);
        }
        int each = folders.isEmpty() ? 0 : Math.max(1, FOLDERS_CHARACTERS / folders.size() - 1);
        var folder = new ArrayList<String>();
        for (List<Token> component : folders) {
            String safe = Names.safe(text(component, facts), FOLDER_BYTES);
            folder.add(safe.length() <= each ? safe : Names.safe(Names.cut(safe, each), FOLDER_BYTES));
        }
        return new Spot(String.join("/", folder), name.isEmpty() ? original : text(name, facts));
    }

    private static String text(List<Token> component, Facts facts) {
        var text = new StringBuilder();
        for (Token token : component) {
            if (token instanceof Literal literal) {
                text.append(literal.text());
            } else if (token instanceof DatePart date) {
                text.append(date(date.code(), facts.captured().orElseThrow().local()));
            } else if (token instanceof Fact fact) {
                text.append(value(fact, facts).orElse(fact.fallback()));
            }
        }
        return text.toString();
    }

    private static Optional<String> value(Fact fact, Facts facts) {
        Optional<String> value =
                switch (fact.name()) {
                    case "device" -> Optional.of(facts.device());
                    case "type" -> Optional.of(facts.type());
                    case "camera.model" -> facts.cameraModel();
                    case "album" -> facts.album();
                    default -> Optional.of(facts.name());
                };
        return value.map(String::strip).filter(text -> !text.isEmpty());
    }

    private static String date(char code, LocalDateTime time) {
        int weekday = time.getDayOfWeek().getValue();
        return switch (code) {
            case 'Y' -> format("uuuu", time);
            case 'y' -> format("uu", time);
            case 'C' -> format("uuuu", time).substring(0, format("uuuu", time).length() - 2);
            case 'm' -> format("MM", time);
            case 'B' -> format("MMMM", time);
            case 'b', 'h' -> format("MMM", time);
            case 'd' -> format("dd", time);
            case 'e' -> format("ppd", time);
            case 'j' -> format("DDD", time);
            case 'H' -> format("HH", time);
            case 'I' -> format("hh", time);
            case 'M' -> format("mm", time);
            case 'S' -> format("ss", time);
            case 'p' -> format("a", time);
            case 'A' -> format("EEEE", time);
            case 'a' -> format("EEE", time);
            case 'u' -> Integer.toString(weekday);
            case 'w' -> Integer.toString(weekday % 7);
            case 'U' -> twoDigits((time.getDayOfYear() + 6 - weekday % 7) / 7);
            case 'W' -> twoDigits((time.getDayOfYear() + 6 - (weekday - 1)) / 7);
            case 'V' -> twoDigits(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case 'G' -> Integer.toString(time.get(WeekFields.ISO.weekBasedYear()));
            default -> format("uuuu-MM-dd", time);
        };
    }

    private static String format(String pattern, LocalDateTime time) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(time);
    }

    private static String twoDigits(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }
}
