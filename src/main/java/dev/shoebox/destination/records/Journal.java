package dev.shoebox.destination.records;

import dev.shoebox.destination.disk.AppendOnlyLines;
import dev.shoebox.destination.disk.DiskLimitation;
import dev.shoebox.history.RunRecord;
import dev.shoebox.json.JsonObject;
import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.fingerprint.Evidence;
import dev.shoebox.photos.fingerprint.Fingerprint;
import dev.shoebox.photos.format.Plausibility;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.SourceId;

import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The lines of {@code journal.ndjson}: all facts of the catalogue, in the order in which they were added.
 *
 * <p>A line about a file is an intention: it is written before the file gets its name, and counts once
 * {@code SHA256SUMS} lists that path with that content.
 */
public final class Journal {
    public static final String FILE = Identity.JOURNAL;
    public static final AppendOnlyLines.Kind LINES = new AppendOnlyLines.Kind(FILE, false);

    private static final String BEGINNING = "{\"event\":\"";

    private Journal() {}

    /** An event that happened or is about to. */
    public sealed interface Event {}

    /**
     * A file of a source, and the file on disk with its bytes.
     *
     * @param fresh whether the bytes are about to be stored; otherwise they are on the disk already
     * @param run the run that copied it
     * @param stored the file on disk
     * @param origin the file of the source
     * @param part its asset and role
     * @param bytes facts about its bytes
     */
    public record Entry(
            boolean fresh,
            String run,
            Stored stored,
            Origin origin,
            Part part,
            Optional<CaptureTime> captured,
            Bytes bytes)
            implements Event {
        public String path() {
            return stored.path();
        }

        public String stem() {
            return stored.stem();
        }

        public String sha256() {
            return stored.sha256();
        }

        public long size() {
            return stored.size();
        }

        public SourceId source() {
            return origin.source();
        }

        public MediaFile file() {
            return origin.file();
        }

        public String asset() {
            return part.asset();
        }

        public Role role() {
            return part.role();
        }

        public Evidence evidence() {
            return bytes.evidence();
        }

        /** Returns the modification time of the file on disk: when the photo was taken, if that is known. */
        public Instant modified() {
            return captured.map(Entry::instant).orElse(file().modified());
        }

        /** Interprets a local time with an unknown offset so that this computer shows the original clock time. */
        private static Instant instant(CaptureTime captured) {
            return captured.offset()
                    .map(offset -> captured.local().toInstant(offset))
                    .orElseGet(() ->
                            captured.local().atZone(ZoneId.systemDefault()).toInstant());
        }

        /** Returns this entry as the one whose bytes were stored. */
        Entry asStored() {
            return new Entry(true, run, stored, origin, part, captured, bytes);
        }

        /** Returns the same file of the source, held by another file on disk. */
        public Entry heldBy(String path, String stem) {
            return new Entry(false, run, new Stored(path, stem, sha256(), size()), origin, part, captured, bytes);
        }
    }

    /**
     * A file on disk.
     *
     * @param path relative to the root
     * @param stem the common part of the paths of its asset
     * @param sha256 64 lower-case hexadecimal digits
     */
    public record Stored(String path, String stem, String sha256, long size) {}

    /** @param asset {@link dev.shoebox.photos.Asset#key()} */
    public record Part(String asset, Role role) {}

    /**
     * @param plausibility the result of the content check; empty if unchecked, as in earlier versions
     * @param evidence further facts about the bytes
     */
    public record Bytes(Optional<Plausibility> plausibility, Evidence evidence) {}

    /**
     * A run of a source ended.
     *
     * @param zone the time zone for times known only in UTC
     * @param limits the limitations of the destination's disk, as {@link DiskLimitation#word} gives them
     */
    public record RunEnded(RunRecord run, String zone, List<String> limits) implements Event {
        public RunEnded {
            limits = List.copyOf(limits);
        }
    }

    /** These files were read back and were intact. */
    public record Verified(Instant at, List<String> paths) implements Event {
        public Verified {
            paths = List.copyOf(paths);
        }
    }

    /** These files were missing, or not as stored, when they were checked. */
    public record Damaged(Instant at, List<String> paths) implements Event {
        public Damaged {
            paths = List.copyOf(paths);
        }
    }

    /**
     * A listed file is about to be restored from a partial file of {@code Repair}.
     *
     * @param size in bytes
     * @param modified its future modification time
     */
    public record Restoring(String path, String sha256, long size, Instant modified) implements Event {}

    /** Another program created these paths: their content is not what was intended. */
    public record Withdrawn(List<String> paths) implements Event {
        public Withdrawn {
            paths = List.copyOf(paths);
        }
    }

    /** The content check of stored files. */
    public record Assessed(Plausibility plausibility, List<String> paths) implements Event {
        public Assessed {
            paths = List.copyOf(paths);
        }
    }

    /** The fingerprints of stored files, computed when they were read; by path. */
    public record Fingerprinted(Map<String, Fingerprint> files) implements Event {
        public Fingerprinted {
            files = Map.copyOf(files);
        }
    }

    /**
     * The user or another program moved a file, and {@code SHA256SUMS} lists its new name. {@code same} lines before
     * this one repeat its facts.
     *
     * @param run the run that stored it; empty if none did
     */
    public record Moved(Instant at, String from, String to, String stem, String sha256, String run) implements Event {}

    /** A file of a source with certain bytes. */
    public record Origin(SourceId source, MediaFile file) {}

    /**
     * The user deleted the file with this content on purpose: it is not missing, and not stored again.
     *
     * @param path its last path
     * @param files the files of sources with these bytes
     */
    public record Forgotten(Instant at, String path, String sha256, long size, List<Origin> files) implements Event {
        public Forgotten {
            files = List.copyOf(files);
        }
    }

    /** These contents, as SHA-256, are wanted again. */
    public record Wanted(List<String> contents) implements Event {
        public Wanted {
            contents = List.copyOf(contents);
        }
    }

    /**
     * Files of this source that were known by fingerprint without being read are no longer known: its library was
     * wrong.
     */
    public record Doubted(SourceId source) implements Event {}

    /** No intention before this line is still open: files that are not in the manifest were not stored. */
    public record Settled() implements Event {}

    public static String line(Event event) {
        var map = new LinkedHashMap<String, Object>();
        if (event instanceof Entry entry) {
            map.put("event", entry.fresh() ? "file" : "same");
            JournalFields.putEntry(map, entry);
        } else if (event instanceof RunEnded ended) {
            map.put("event", "run");
            map.put("source", JournalFields.source(ended.run().source().orElseThrow()));
            JournalFields.putRun(map, ended.run(), ended.zone());
            if (!ended.limits().isEmpty()) {
                map.put("limits", ended.limits());
            }
        } else if (event instanceof Verified verified) {
            map.put("event", "verified");
            map.put("at", verified.at().toString());
            map.put("paths", verified.paths());
        } else if (event instanceof Damaged damaged) {
            map.put("event", "damaged");
            map.put("at", damaged.at().toString());
            map.put("paths", damaged.paths());
        } else if (event instanceof Assessed assessed) {
            map.put("event", "assessed");
            map.put("plausibility", assessed.plausibility().name());
            map.put("paths", assessed.paths());
        } else if (event instanceof Fingerprinted printed) {
            map.put("event", "fingerprinted");
            JournalFields.putFingerprints(map, printed.files());
        } else if (event instanceof Moved moved) {
            map.put("event", "moved");
            map.put("at", moved.at().toString());
            map.put("from", moved.from());
            map.put("path", moved.to());
            map.put("stem", moved.stem());
            map.put("sha256", moved.sha256());
            map.put("run", moved.run());
        } else if (event instanceof Forgotten forgotten) {
            map.put("event", "forgotten");
            JournalFields.putForgotten(map, forgotten);
        } else if (event instanceof Wanted wanted) {
            map.put("event", "wanted");
            map.put("contents", wanted.contents());
        } else if (event instanceof Doubted doubted) {
            map.put("event", "doubted");
            map.put("source", JournalFields.source(doubted.source()));
        } else if (event instanceof Restoring restoring) {
            map.put("event", "restoring");
            map.put("path", restoring.path());
            map.put("sha256", restoring.sha256());
            map.put("size", restoring.size());
            map.put("modified", restoring.modified().toString());
        } else if (event instanceof Withdrawn withdrawn) {
            map.put("event", "withdrawn");
            map.put("paths", withdrawn.paths());
        } else {
            map.put("event", "settled");
        }
        return JsonObject.line(map);
    }

    /** Parses a line; empty if it is not ours, or of a later version. */
    public static Optional<Event> parse(String line) {
        try {
            var map = JsonObject.parse(line);
            return switch (map.text("event")) {
                case "file" -> Optional.of(JournalFields.entry(true, map));
                case "same" -> Optional.of(JournalFields.entry(false, map));
                case "run" ->
                    Optional.of(new RunEnded(
                            JournalFields.run(JournalFields.source(map.object("source")), map),
                            map.text("zone"),
                            map.has("limits") ? map.texts("limits") : List.of()));
                case "verified" -> Optional.of(new Verified(Instant.parse(map.text("at")), map.texts("paths")));
                case "damaged" -> Optional.of(new Damaged(Instant.parse(map.text("at")), map.texts("paths")));
                case "assessed" ->
                    Optional.of(new Assessed(Plausibility.valueOf(map.text("plausibility")), map.texts("paths")));
                case "fingerprinted" ->
                    Optional.of(new Fingerprinted(
                            JournalFields.fingerprints(map.texts("paths"), map.texts("fingerprints"))));
                case "moved" ->
                    Optional.of(new Moved(
                            Instant.parse(map.text("at")),
                            map.text("from"),
                            map.text("path"),
                            map.text("stem"),
                            map.text("sha256"),
                            map.text("run")));
                case "forgotten" ->
                    Optional.of(new Forgotten(
                            Instant.parse(map.text("at")),
                            map.text("path"),
                            map.text("sha256"),
                            map.number("size"),
                            JournalFields.origins(map.objects("sources"), map.objects("files"))));
                case "wanted" -> Optional.of(new Wanted(map.texts("contents")));
                case "doubted" -> Optional.of(new Doubted(JournalFields.source(map.object("source"))));
                case "restoring" ->
                    Optional.of(new Restoring(
                            map.text("path"),
                            map.text("sha256"),
                            map.number("size"),
                            Instant.parse(map.text("modified"))));
                case "withdrawn" -> Optional.of(new Withdrawn(map.texts("paths")));
                case "settled" -> Optional.of(new Settled());
                default -> Optional.empty();
            };
        } catch (RuntimeException e) {
            // A line that cannot be understood is no evidence of anything.
            return Optional.empty();
        }
    }

    /** Returns whether it is an incomplete line of ours. */
    public static boolean isBeginning(String text) {
        return BEGINNING.startsWith(text)
                || (text.startsWith(BEGINNING) && parse(text).isEmpty() && !isOfLaterVersion(text));
    }

    /** Returns whether it is a line of a later version, about something unknown to this one. */
    public static boolean isOfLaterVersion(String line) {
        try {
            String event = JsonObject.parse(line).text("event");
            return event.matches("[a-z-]{1,32}")
                    && !Set.of(
                                    "file",
                                    "same",
                                    "run",
                                    "verified",
                                    "damaged",
                                    "assessed",
                                    "fingerprinted",
                                    "moved",
                                    "forgotten",
                                    "wanted",
                                    "doubted",
                                    "restoring",
                                    "withdrawn",
                                    "settled")
                            .contains(event);
        } catch (RuntimeException e) {
            return false;
        }
    }
}
