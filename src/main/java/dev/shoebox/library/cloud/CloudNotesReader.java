package dev.shoebox.library.cloud;

import dev.shoebox.library.cloud.CloudNotes.Access;
import dev.shoebox.library.cloud.CloudNotes.Downloads;
import dev.shoebox.library.cloud.CloudNotes.Pause;
import dev.shoebox.library.cloud.CloudNotes.Reset;
import dev.shoebox.library.cloud.CloudNotes.Switch;
import dev.shoebox.library.cloud.CloudNotes.Switching;
import dev.shoebox.library.database.CloudFile;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.MediaSource.UnreadableException;
import dev.shoebox.photos.source.NamedFiles;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.photos.source.Unreadable;
import dev.shoebox.plist.PropertyList;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reads the small files in which a phone records the state of iCloud Photos. The phone may write one while it is read,
 * so a short or invalid file is read again. An unreadable file costs only its own facts.
 */
public final class CloudNotesReader {
    private static final DateTimeFormatter MARKER = DateTimeFormatter.ofPattern("uuuu-MM-dd HH.mm.ss");
    private static final int MARKER_LENGTH = "2024-03-02 18.04.11".length();
    private static final int READINGS = 3;
    private static final long BY_PERSON = 3;
    private static final int MOST_RESETS = 100;

    /** The time in which a phone should finish writing a file of this size. */
    public static final Pauses SECOND = () -> {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("the run was interrupted", interrupted);
        }
    };

    private final MediaSource source;
    private final NamedFiles files;
    private final Instant now;
    private final ZoneId zone;
    private final Pauses pauses;
    private final Map<CloudFile, Access> access = new EnumMap<>(CloudFile.class);

    /** The pause between two reads of an invalid file. */
    public interface Pauses {
        void pause() throws IOException;
    }

    private CloudNotesReader(MediaSource source, NamedFiles files, Instant now, ZoneId zone, Pauses pauses) {
        this.source = source;
        this.files = files;
        this.now = now;
        this.zone = zone;
        this.pauses = pauses;
    }

    /**
     * Reads all files, in some dozen round trips. Not while a stream of the source is open.
     *
     * @param now the current time; distant dates are rejected
     * @param zone of the phone, whose markers have local time
     * @return empty if the source cannot find files by name
     * @throws IOException if the source is lost
     */
    public static Optional<CloudNotes> read(MediaSource source, Instant now, ZoneId zone, Pauses pauses)
            throws IOException {
        Optional<NamedFiles> files = NamedFiles.of(source);
        return files.isEmpty()
                ? Optional.empty()
                : Optional.of(new CloudNotesReader(source, files.get(), now, zone, pauses).read());
    }

    private CloudNotes read() throws IOException {
        Optional<Boolean> enabled = isThere(CloudFile.ENABLED_MARKER);
        Optional<Boolean> firstSynced = isThere(CloudFile.FIRST_SYNC_MARKER);
        boolean enabling = isThere(CloudFile.ENABLING_MARKER).orElse(false);
        isThere(CloudFile.DOWNLOADED_MARKER);
        isThere(CloudFile.LIBRARY);
        isThere(CloudFile.QUEUE);
        Optional<Instant> marked = enabled.orElse(false) ? time(CloudFile.ENABLED_MARKER) : Optional.empty();
        Optional<Switch> last = Stream.concat(
                        switches(CloudFile.SWITCHED_BY_ACCOUNT), switches(CloudFile.SWITCHED_BY_PHOTOS))
                .max(Comparator.comparing(Switch::at));
        Optional<SyncStatus> status = list(CloudFile.SYNC_STATUS, this::values)
                .map(found -> SyncStatus.of(found.content(), found.file().modified()));
        Optional<Pause> pause = pause();
        List<Reset> resets = resets();
        Downloads downloads = downloads();
        Optional<Instant> launched = list(CloudFile.LAUNCH, this::values)
                .flatMap(found -> found.content().past("date"));
        // A copy of the photos alone has no markers, whatever the phone has.
        boolean whole = source.id().kind() == SourceId.Kind.PHONE || sawMoreThanTheLibrary();
        return new CloudNotes(
                access,
                new Switching(whole ? enabled : Optional.empty(), firstSynced, enabling, marked, last),
                status,
                pause,
                resets,
                downloads,
                launched);
    }

    private boolean sawMoreThanTheLibrary() {
        return access.entrySet().stream()
                .anyMatch(each -> each.getKey() != CloudFile.LIBRARY && each.getValue() != Access.ABSENT);
    }

    private record Found<T>(MediaFile file, T content) {}

    /** Returns whether a file exists; empty if unknown. */
    private Optional<Boolean> isThere(CloudFile file) throws IOException {
        return find(file).map(Optional::isPresent);
    }

    private Optional<Optional<MediaFile>> find(CloudFile file) throws IOException {
        try {
            Optional<MediaFile> found = files.find(file.path());
            access.put(file, found.isPresent() ? Access.READ : Access.ABSENT);
            return Optional.of(found);
        } catch (UnreadableException refused) {
            access.put(file, Access.DENIED);
            return Optional.empty();
        }
    }

    /** Returns the time in a marker, if there is one. */
    private Optional<Instant> time(CloudFile file) throws IOException {
        Optional<MediaFile> found = find(file).flatMap(Function.identity());
        if (found.isEmpty() || found.get().size() > 1000) {
            return Optional.empty();
        }
        try {
            String text = new String(bytes(found.get()), StandardCharsets.UTF_8).strip();
            return Optional.of(LocalDateTime.parse(text.substring(0, MARKER_LENGTH), MARKER)
                            .atZone(zone)
                            .toInstant())
                    .filter(time -> time.isBefore(now.plusSeconds(86_400)));
        } catch (DateTimeException | IndexOutOfBoundsException otherText) {
            return Optional.empty();
        } catch (UnreadableException refused) {
            // Its existence was seen, and that is what counts.
            return Optional.empty();
        }
    }

    private Optional<PlistValues> values(Object content) {
        return content instanceof Map<?, ?> map ? Optional.of(new PlistValues(map, now)) : Optional.empty();
    }

    private Optional<List<PlistValues>> entries(Object content) {
        return content instanceof List<?> list ? Optional.of(PlistValues.all(list, now)) : Optional.empty();
    }

    /** @param shape returns empty for a list of another form */
    private <T> Optional<Found<T>> list(CloudFile file, Function<Object, Optional<T>> shape) throws IOException {
        Optional<MediaFile> last = Optional.empty();
        for (int reading = 1; reading <= READINGS; reading++) {
            if (reading > 1) {
                pauses.pause();
            }
            Optional<MediaFile> found = find(file).flatMap(Function.identity());
            if (found.isEmpty()) {
                return Optional.empty();
            }
            boolean isSteady = source.id().kind().isAtRest() || found.equals(last);
            last = found;
            try {
                Optional<T> content = PropertyList.parse(bytes(found.get())).flatMap(shape);
                if (content.isPresent()) {
                    return Optional.of(new Found<>(found.get(), content.get()));
                }
                access.put(file, Access.UNREADABLE);
            } catch (UnreadableException refused) {
                Unreadable.Reason reason = refused.unreadable().reason();
                access.put(file, isRefusal(reason) ? Access.DENIED : Access.UNREADABLE);
            }
            if (access(file) == Access.DENIED || found.get().size() > PropertyList.LARGEST || isSteady) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private Access access(CloudFile file) {
        return access.getOrDefault(file, Access.ABSENT);
    }

    private static boolean isRefusal(Unreadable.Reason reason) {
        return reason == Unreadable.Reason.DENIED || reason == Unreadable.Reason.REFUSED;
    }

    /** Returns the bytes of a file, possibly fewer than listed: the caller detects an invalid file. */
    private byte[] bytes(MediaFile file) throws IOException {
        if (file.size() > PropertyList.LARGEST) {
            return new byte[0];
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) file.size());
        try (SeekableByteChannel channel = source.open(file)) {
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // A read may bring less than asked.
            }
        }
        byte[] all = new byte[bytes.flip().remaining()];
        bytes.get(all);
        return all;
    }

    private Stream<Switch> switches(CloudFile file) throws IOException {
        return list(file, this::entries).map(Found::content).orElse(List.of()).stream()
                .filter(entry -> entry.text("type").equals(Optional.of("CPL")))
                .flatMap(entry -> entry.flag("enabled").stream()
                        .flatMap(on -> entry.past("timestamp").stream().map(at -> new Switch(on, at))));
    }

    private Optional<Pause> pause() throws IOException {
        return list(CloudFile.PAUSE, this::values)
                .map(Found::content)
                .map(values -> new Pause(
                        values.date("unpauseTime"), values.number("reason").equals(OptionalLong.of(BY_PERSON))));
    }

    private List<Reset> resets() throws IOException {
        List<PlistValues> entries =
                list(CloudFile.RESETS, this::entries).map(Found::content).orElse(List.of());
        // The last entry decides.
        return entries.stream()
                .skip(Math.max(0, entries.size() - MOST_RESETS))
                .map(entry -> new Reset(
                        entry.past("date"),
                        entry.flag("pending").orElse(false) && entry.values().get("endDate") == null))
                .toList();
    }

    private Downloads downloads() throws IOException {
        Optional<PlistValues> counts = list(CloudFile.DOWNLOADS, this::values).map(Found::content);
        Optional<Boolean> keeps = list(CloudFile.SETTINGS, this::values)
                .map(found -> found.content()
                        .dictionary("Library")
                        .flatMap(library -> library.dictionary("CPL"))
                        .map(settings -> settings.number("PrefetchMode").orElse(0))
                        .orElse(0L))
                .map(mode -> mode == 1);
        PlistValues known = counts.orElse(new PlistValues(Map.of(), now));
        return new Downloads(count(known, "CountKeyImages"), count(known, "CountKeyVideos"), keeps);
    }

    private static OptionalLong count(PlistValues counts, String key) {
        OptionalLong number = counts.number(key);
        return number.isPresent() && number.getAsLong() >= 0 ? number : OptionalLong.empty();
    }
}
