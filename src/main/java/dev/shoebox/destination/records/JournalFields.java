package dev.shoebox.destination.records;

import dev.shoebox.history.RunEnding;
import dev.shoebox.history.RunRecord;
import dev.shoebox.history.RunResult;
import dev.shoebox.json.JsonObject;
import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.fingerprint.Evidence;
import dev.shoebox.photos.fingerprint.Fingerprint;
import dev.shoebox.photos.fingerprint.Proof;
import dev.shoebox.photos.format.Plausibility;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.SourceId;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fields that lines of the journal and other records share: sources, files, times, runs. */
public final class JournalFields {
    private JournalFields() {}

    public static Map<String, Object> source(SourceId source) {
        return Map.of("kind", source.kind().name(), "id", source.id(), "name", source.name());
    }

    public static SourceId source(JsonObject map) {
        return new SourceId(SourceId.Kind.valueOf(map.text("kind")), map.text("id"), map.text("name"));
    }

    public static Map<String, Object> file(MediaFile file) {
        var map = new LinkedHashMap<String, Object>();
        map.put("path", file.path());
        map.put("size", file.size());
        map.put("modified", file.modified().toString());
        file.created().ifPresent(created -> map.put("created", created.toString()));
        return map;
    }

    public static MediaFile file(JsonObject map) {
        return new MediaFile(
                map.text("path"),
                map.number("size"),
                Instant.parse(map.text("modified")),
                map.optional("created").map(Instant::parse));
    }

    static Map<String, Object> captured(CaptureTime time) {
        var map = new LinkedHashMap<String, Object>();
        map.put("local", time.local().toString());
        time.offset().ifPresent(offset -> map.put("offset", offset.getId()));
        map.put("origin", time.origin().name());
        return map;
    }

    static CaptureTime captured(JsonObject map) {
        return new CaptureTime(
                LocalDateTime.parse(map.text("local")),
                map.optional("offset").map(ZoneOffset::of),
                CaptureTime.Origin.valueOf(map.text("origin")));
    }

    static Journal.Entry entry(boolean fresh, JsonObject map) {
        return new Journal.Entry(
                fresh,
                map.text("run"),
                new Journal.Stored(map.text("path"), map.text("stem"), map.text("sha256"), map.number("size")),
                new Journal.Origin(source(map.object("source")), file(map.object("file"))),
                new Journal.Part(map.text("asset"), Role.valueOf(map.text("role"))),
                map.has("captured") ? Optional.of(captured(map.object("captured"))) : Optional.empty(),
                new Journal.Bytes(
                        map.optional("plausibility").flatMap(JournalFields::plausibility),
                        new Evidence(
                                map.optional("fingerprint").flatMap(Fingerprint::of),
                                map.optional("proof").flatMap(JournalFields::proof))));
    }

    static List<Journal.Origin> origins(List<JsonObject> sources, List<JsonObject> files) {
        List<Journal.Origin> origins = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            origins.add(new Journal.Origin(source(sources.get(i)), file(files.get(i))));
        }
        return origins;
    }

    static Map<String, Fingerprint> fingerprints(List<String> paths, List<String> texts) {
        Map<String, Fingerprint> fingerprints = new HashMap<>();
        for (int i = 0; i < paths.size(); i++) {
            fingerprints.put(
                    paths.get(i), Fingerprint.of(texts.get(i)).orElseThrow(() -> new IllegalArgumentException("none")));
        }
        return fingerprints;
    }

    /** Parses a word; empty for one of a later version. */
    static Optional<Proof> proof(String word) {
        return Arrays.stream(Proof.values())
                .filter(each -> each.name().equals(word))
                .findFirst();
    }

    /** Parses a word; empty for one of a later version: the file is then checked again. */
    static Optional<Plausibility> plausibility(String word) {
        return Arrays.stream(Plausibility.values())
                .filter(each -> each.name().equals(word))
                .findFirst();
    }

    static void putRun(Map<String, Object> map, RunRecord run, String zone) {
        RunResult.Counts counts = run.result().counts();
        map.put("started", run.started().toString());
        map.put("ended", run.ended().toString());
        map.put("zone", zone);
        map.put("copied", counts.copied());
        map.put("duplicates", counts.duplicates());
        map.put("alreadyBackedUp", counts.alreadyBackedUp());
        map.put("failed", run.left());
        map.put("bytesCopied", run.result().traffic().bytesCopied());
        map.put("exitCode", run.how().orElseThrow().number());
    }

    static RunRecord run(SourceId source, JsonObject map) {
        return counted(
                source,
                Instant.parse(map.text("started")),
                Instant.parse(map.text("ended")),
                (int) map.number("exitCode"),
                new RunResult.Counts(
                        0,
                        (int) map.number("copied"),
                        (int) map.number("duplicates"),
                        (int) map.number("alreadyBackedUp"),
                        (int) map.number("failed"),
                        0),
                map.number("bytesCopied"));
    }

    /** Returns a run from a line or row; an exit code of a later version counts as a failed run. */
    static RunRecord counted(
            SourceId source, Instant started, Instant ended, int exitCode, RunResult.Counts counts, long bytesCopied) {
        RunEnding how = RunEnding.of(exitCode).orElse(RunEnding.BUG);
        return RunRecord.counted(
                source,
                started,
                new RunRecord.Ending(ended, how, Optional.empty()),
                RunResult.of(counts, new RunResult.Traffic(bytesCopied, Duration.ZERO, 0, Map.of())));
    }

    static void putEntry(Map<String, Object> map, Journal.Entry entry) {
        map.put("run", entry.run());
        map.put("path", entry.path());
        map.put("stem", entry.stem());
        map.put("sha256", entry.sha256());
        map.put("size", entry.size());
        map.put("source", source(entry.source()));
        map.put("file", file(entry.file()));
        map.put("original", entry.file().name());
        map.put("asset", entry.asset());
        map.put("role", entry.role().name());
        entry.captured().ifPresent(time -> map.put("captured", captured(time)));
        entry.bytes().plausibility().ifPresent(word -> map.put("plausibility", word.name()));
        entry.evidence().fingerprint().ifPresent(print -> map.put("fingerprint", print.text()));
        entry.evidence().proof().ifPresent(proof -> map.put("proof", proof.name()));
    }

    static void putForgotten(Map<String, Object> map, Journal.Forgotten forgotten) {
        map.put("at", forgotten.at().toString());
        map.put("path", forgotten.path());
        map.put("sha256", forgotten.sha256());
        map.put("size", forgotten.size());
        map.put(
                "sources",
                forgotten.files().stream().map(each -> source(each.source())).toList());
        map.put(
                "files",
                forgotten.files().stream().map(each -> file(each.file())).toList());
    }

    static void putFingerprints(Map<String, Object> map, Map<String, Fingerprint> files) {
        List<String> paths = files.keySet().stream().sorted().toList();
        map.put("paths", paths);
        map.put(
                "fingerprints",
                paths.stream().map(path -> files.get(path).text()).toList());
    }
}
