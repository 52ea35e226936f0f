package dev.shoebox.history;

import dev.shoebox.history.RunRecord.Ending;
import dev.shoebox.history.RunResult.Counts;
import dev.shoebox.history.RunResult.Item;
import dev.shoebox.history.RunResult.Traffic;
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
import java.util.stream.Stream;

/** Converts a {@link RunRecord} to and from JSON, as specified in docs/json.md and docs/destination-format.md. */
public final class RunRecordJson {
    private static final int FORMAT = 1;

    private RunRecordJson() {}

    /** Returns one object, on one line. */
    public static String of(RunRecord run) {
        return JsonObject.line(fields(run));
    }

    /** Returns the fields of the object, in the order of the output. */
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
            if (!end.followUps().isEmpty()) {
                map.put(
                        "followUps",
                        end.followUps().stream().map(RunRecordJson::followUp).toList());
            }
        });
        run.did().ifPresent(did -> put(map, did.counts(), did.traffic()));
        run.notes().verify().ifPresent(level -> map.put("verify", level));
        RunResult result = run.result();
        // Files that were merely not reached are only counted, because they may be all of them.
        map.put("failures", items(result.failures().stream().filter(Item::isReached)));
        map.put("healed", items(result.healed().stream()));
        map.put("warnings", run.notes().warnings());
        map.put("folders", new TreeMap<>(run.notes().folders()));
        if (run.notes().removable().isKnown()) {
            map.put("removable", run.notes().removable().photosAndVideos());
            map.put("removableBytes", run.notes().removable().bytes());
        }
        UnsafeFiles notSafe = result.notSafe();
        map.put("implausible", notSafe.files());
        map.put("implausiblePhotosAndVideos", notSafe.assets());
        notSafe.onlyInICloud().ifPresent(count -> map.put("onlyInICloud", count));
        map.put("stillsOfLivePhotos", notSafe.stills());
        map.put("withoutRaw", notSafe.withoutRaw());
        map.put("doubtful", items(notSafe.named().stream()));
        result.omitted().ifPresent(omitted -> OmittedText.put(map, omitted));
        return map;
    }

    private static Map<String, Object> followUp(FollowUp followUp) {
        var map = new LinkedHashMap<String, Object>();
        map.put("kind", word(followUp.kind()));
        map.put("subject", followUp.subject());
        map.put("state", word(followUp.state()));
        if (!followUp.message().isEmpty()) {
            map.put("message", followUp.message());
        }
        return map;
    }

    private static Map<String, Object> source(SourceId source) {
        var map = new LinkedHashMap<String, Object>();
        map.put("kind", word(source.kind()));
        map.put("id", source.id());
        map.put("name", source.name());
        return map;
    }

    private static void put(Map<String, Object> map, Counts counts, Traffic traffic) {
        map.put("photosAndVideos", counts.assets());
        map.put("copied", counts.copied());
        map.put("duplicates", counts.duplicates());
        map.put("alreadyBackedUp", counts.alreadyBackedUp());
        map.put("failed", counts.failed());
        map.put("readTwice", traffic.readTwice());
        map.put("damaged", counts.damaged());
        map.put("bytesCopied", traffic.bytesCopied());
        map.put("transferSeconds", traffic.time().toMillis() / 1000.0);
        if (!traffic.proofs().isEmpty()) {
            map.put("proofs", ProofText.counts(traffic.proofs()));
            map.put("knownByFingerprint", traffic.knownByFingerprint());
        }
    }

    private static List<Map<String, Object>> items(Stream<Item> items) {
        return items.limit(RunResult.MOST_NAMES)
                .map(item -> {
                    Map<String, Object> map = new LinkedHashMap<>();
                    map.put("path", item.path());
                    map.put("reason", item.reason());
                    map.put("message", item.message());
                    return map;
                })
                .toList();
    }

    /** Returns empty if the text is truncated, not a record, or in a later format. */
    public static Optional<RunRecord> parse(String text) {
        try {
            var map = JsonObject.parse(text);
            return map.number("format") == FORMAT ? Optional.of(run(map)) : Optional.empty();
        } catch (RuntimeException unreadable) {
            // An invalid record contains nothing to show.
            return Optional.empty();
        }
    }

    private static RunRecord run(JsonObject map) {
        var start = new RunRecord.Start(
                map.text("id"),
                RunRecord.Kind.valueOf(constant(map.text("kind"))),
                map.text("destination"),
                map.isTrue("scheduled"),
                Instant.parse(map.text("started")));
        return new RunRecord(
                start,
                map.has("source") ? Optional.of(source(map.object("source"))) : Optional.empty(),
                map.optional("shoebox"),
                map.has("ended") ? Optional.of(ending(map)) : Optional.empty(),
                map.has("copied") ? Optional.of(result(map)) : Optional.empty(),
                notes(map));
    }

    private static Ending ending(JsonObject map) {
        return new Ending(
                Instant.parse(map.text("ended")),
                RunEnding.of((int) map.number("exitCode"))
                        .orElseThrow(() -> new IllegalArgumentException("an exit code of a newer version")),
                map.optional("message"),
                map.has("followUps")
                        ? map.objects("followUps").stream()
                                .map(RunRecordJson::followUp)
                                .toList()
                        : List.of());
    }

    private static FollowUp followUp(JsonObject map) {
        return new FollowUp(
                FollowUp.Kind.valueOf(constant(map.text("kind"))),
                map.text("subject"),
                FollowUp.State.valueOf(constant(map.text("state"))),
                map.optional("message").orElse(""));
    }

    private static SourceId source(JsonObject map) {
        return new SourceId(SourceId.Kind.valueOf(constant(map.text("kind"))), map.text("id"), map.text("name"));
    }

    private static RunResult result(JsonObject map) {
        return new RunResult(
                new Counts(
                        (int) map.number("photosAndVideos"),
                        (int) map.number("copied"),
                        (int) map.number("duplicates"),
                        (int) map.number("alreadyBackedUp"),
                        (int) map.number("failed"),
                        (int) map.number("damaged")),
                new Traffic(
                        map.number("bytesCopied"),
                        Duration.ofMillis(Math.round(map.decimal("transferSeconds") * 1000)),
                        (int) map.number("readTwice"),
                        map.has("proofs")
                                ? ProofText.parse(map.object("proofs"), (int) map.number("knownByFingerprint"))
                                : Map.of()),
                map.objects("failures").stream().map(RunRecordJson::item).toList(),
                map.objects("healed").stream().map(RunRecordJson::item).toList(),
                map.has("implausible") ? notSafe(map) : UnsafeFiles.NOTHING,
                map.has("found") ? Optional.of(OmittedText.parse(map)) : Optional.empty());
    }

    private static RunRecord.Notes notes(JsonObject map) {
        var folders = new TreeMap<String, Integer>();
        JsonObject counts = map.object("folders");
        counts.fields().keySet().forEach(folder -> folders.put(folder, (int) counts.number(folder)));
        return new RunRecord.Notes(
                map.optional("verify"),
                map.texts("warnings"),
                folders,
                map.has("removable")
                        ? new RunRecord.Removable(map.number("removable"), map.number("removableBytes"))
                        : RunRecord.Removable.UNKNOWN);
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
