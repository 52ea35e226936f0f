package dev.shoebox.history;

import dev.shoebox.history.RunRecord.Details;
import dev.shoebox.history.RunRecord.Ending;
import dev.shoebox.history.RunRecord.Figures;
import dev.shoebox.history.RunRecord.Item;
import dev.shoebox.json.JsonObject;
import dev.shoebox.photos.source.SourceId;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** A {@link RunRecord} as JSON; docs/json.md and docs/destination-format.md describe the same. */
public final class RunRecordJson {
    private static final int FORMAT = 1;

    private RunRecordJson() {}

    /** One object, on one line. */
    public static String of(RunRecord run) {
        return JsonObject.line(fields(run));
    }

    /** The fields of the object, in the order in which they are written. */
    public static Map<String, Object> fields(RunRecord run) {
        var map = new LinkedHashMap<String, Object>();
        map.put("format", FORMAT);
        map.put("id", run.id());
        map.put("kind", word(run.kind()));
        run.source().ifPresent(source -> map.put("source", source(source)));
        map.put("destination", run.destination());
        run.shoebox().ifPresent(id -> map.put("shoebox", id));
        map.put("scheduled", run.scheduled());
        map.put("started", run.started().toString());
        run.ending().ifPresent(end -> {
            map.put("ended", end.at().toString());
            map.put("exitCode", end.how().number());
            end.message().ifPresent(message -> map.put("message", message));
        });
        run.figures().ifPresent(figures -> put(map, figures));
        Details details = run.details();
        details.verify().ifPresent(level -> map.put("verify", level));
        map.put("failures", items(details.failures()));
        map.put("healed", items(details.healed()));
        map.put("warnings", details.warnings());
        map.put("folders", new TreeMap<>(details.folders()));
        UnsafeFiles notSafe = details.notSafe();
        map.put("implausible", notSafe.files());
        map.put("implausiblePhotosAndVideos", notSafe.assets());
        notSafe.onlyInICloud().ifPresent(count -> map.put("onlyInICloud", count));
        map.put("stillsOfLivePhotos", notSafe.stills());
        map.put("withoutRaw", notSafe.withoutRaw());
        map.put("doubtful", items(notSafe.named()));
        details.omitted().ifPresent(omitted -> OmittedText.put(map, omitted));
        return map;
    }

    private static Map<String, Object> source(SourceId source) {
        var map = new LinkedHashMap<String, Object>();
        map.put("kind", word(source.kind()));
        map.put("id", source.id());
        map.put("name", source.name());
        return map;
    }

    private static void put(Map<String, Object> map, Figures figures) {
        map.put("photosAndVideos", figures.assets());
        map.put("copied", figures.copied());
        map.put("duplicates", figures.duplicates());
        map.put("alreadyBackedUp", figures.alreadyBackedUp());
        map.put("failed", figures.failed());
        map.put("readTwice", figures.readTwice());
        map.put("damaged", figures.damaged());
        map.put("bytesCopied", figures.bytesCopied());
        map.put("transferSeconds", figures.transfer().toMillis() / 1000.0);
        if (!figures.proofs().isEmpty()) {
            map.put("proofs", ProofText.counts(figures.proofs()));
            map.put("knownByFingerprint", figures.knownByFingerprint());
        }
    }

    private static List<Map<String, Object>> items(List<Item> items) {
        return items.stream()
                .map(item -> {
                    Map<String, Object> map = new LinkedHashMap<>();
                    map.put("path", item.path());
                    map.put("reason", item.reason());
                    map.put("message", item.message());
                    return map;
                })
                .toList();
    }

    /** Empty for what is torn, no record, or of a later format. */
    public static Optional<RunRecord> parse(String text) {
        try {
            var map = JsonObject.parse(text);
            return map.number("format") == FORMAT ? Optional.of(run(map)) : Optional.empty();
        } catch (RuntimeException unreadable) {
            // Whatever is wrong with it, there is nothing in it that could be shown.
            return Optional.empty();
        }
    }

    private static RunRecord run(JsonObject map) {
        return new RunRecord(
                map.text("id"),
                RunRecord.Kind.valueOf(constant(map.text("kind"))),
                map.has("source") ? Optional.of(source(map.object("source"))) : Optional.empty(),
                map.text("destination"),
                map.optional("shoebox"),
                map.isTrue("scheduled"),
                Instant.parse(map.text("started")),
                map.has("ended") ? Optional.of(ending(map)) : Optional.empty(),
                map.has("copied") ? Optional.of(figures(map)) : Optional.empty(),
                details(map));
    }

    private static Ending ending(JsonObject map) {
        return new Ending(
                Instant.parse(map.text("ended")),
                RunEnding.of((int) map.number("exitCode"))
                        .orElseThrow(() -> new IllegalArgumentException("an exit code of a later version")),
                map.optional("message"));
    }

    private static SourceId source(JsonObject map) {
        return new SourceId(SourceId.Kind.valueOf(constant(map.text("kind"))), map.text("id"), map.text("name"));
    }

    private static Figures figures(JsonObject map) {
        return new Figures(
                (int) map.number("photosAndVideos"),
                (int) map.number("copied"),
                (int) map.number("duplicates"),
                (int) map.number("alreadyBackedUp"),
                (int) map.number("failed"),
                (int) map.number("readTwice"),
                (int) map.number("damaged"),
                map.number("bytesCopied"),
                Duration.ofMillis(Math.round(map.decimal("transferSeconds") * 1000)),
                map.has("proofs")
                        ? ProofText.parse(map.object("proofs"), (int) map.number("knownByFingerprint"))
                        : Map.of());
    }

    private static Details details(JsonObject map) {
        var folders = new TreeMap<String, Integer>();
        JsonObject counts = map.object("folders");
        counts.fields().keySet().forEach(folder -> folders.put(folder, (int) counts.number(folder)));
        return new Details(
                map.optional("verify"),
                map.objects("failures").stream().map(RunRecordJson::item).toList(),
                map.objects("healed").stream().map(RunRecordJson::item).toList(),
                map.texts("warnings"),
                folders,
                map.has("implausible") ? notSafe(map) : UnsafeFiles.NOTHING,
                map.has("found") ? Optional.of(OmittedText.parse(map)) : Optional.empty());
    }

    private static UnsafeFiles notSafe(JsonObject map) {
        return new UnsafeFiles(
                (int) map.number("implausiblePhotosAndVideos"),
                (int) map.number("implausible"),
                map.has("onlyInICloud") ? OptionalInt.of((int) map.number("onlyInICloud")) : OptionalInt.empty(),
                (int) map.number("stillsOfLivePhotos"),
                (int) map.number("withoutRaw"),
                map.objects("doubtful").stream().map(RunRecordJson::item).toList());
    }

    private static Item item(JsonObject map) {
        return new Item(map.text("path"), map.text("reason"), map.text("message"));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static String constant(String word) {
        return word.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
