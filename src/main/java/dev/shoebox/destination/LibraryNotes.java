package dev.shoebox.destination;

import dev.shoebox.destination.disk.AppendOnlyLines;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.destination.records.JournalFields;
import dev.shoebox.json.JsonObject;
import dev.shoebox.photos.LibraryAsset.Trait;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.naming.AlbumPath;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.text.Sha256;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * The facts from the Photos library of one source when it was last read, in a file below {@code .shoebox/library}.
 *
 * <p>The phone can provide them again, so the file is not forced: a crash leaves the previous one, none, or some lines.
 * Each line is valid on its own; a file without its first line counts as none.
 *
 * @param mark identifies a state of the library, by the listing of its files
 */
public record LibraryNotes(String mark, List<LibraryNote> notes) {
    private static final int NAME_DIGITS = 16;
    static final String FOLDER = Identity.FOLDER + "/library";

    private static final String ALBUMS = "albumPaths";

    private static final String PERSONS = "persons";

    private static final String MARKS = "marks";

    /**
     * The field of earlier versions: titles joined by slashes, so that a title with a slash looks like an album in a
     * folder.
     */
    private static final String JOINED_ALBUMS = "albums";

    /** Prefix for the mark of notes that say too little: it matches no library, so the next run reads it again. */
    private static final String STALE = "stale ";

    /** A larger file is not ours, in bytes. */
    private static final long LARGEST = 256 << 20;

    public LibraryNotes {
        notes = List.copyOf(notes);
    }

    /** Returns these notes for a library that the next run reads again even if it does not change. */
    public LibraryNotes toBeReadAgain() {
        return new LibraryNotes(STALE + mark, notes);
    }

    static Optional<LibraryNotes> read(Disk disk, SourceId source) throws IOException {
        String file = file(source);
        if (disk.look(file)
                .filter(entry -> entry.isFile() && entry.size() <= LARGEST)
                .isEmpty()) {
            return Optional.empty();
        }
        List<String> marks = new ArrayList<>(1);
        List<LibraryNote> notes = new ArrayList<>();
        var stale = new AtomicBoolean();
        AppendOnlyLines.read(disk, file, 0, (text, end) -> {
            if (marks.isEmpty()) {
                marks.add(mark(text, source));
            } else {
                parse(text, stale).ifPresent(notes::add);
            }
        });
        return marks.isEmpty() || marks.get(0).isEmpty()
                ? Optional.empty()
                : Optional.of(new LibraryNotes(stale.get() ? STALE + marks.get(0) : marks.get(0), notes));
    }

    /** Replaces the notes of a source. */
    static void write(Disk disk, SourceId source, LibraryNotes fresh) throws IOException {
        String file = file(source);
        if (disk.look(FOLDER).isEmpty()) {
            disk.makeFolder(FOLDER);
        }
        Optional<Disk.Entry> before = disk.look(file);
        if (before.isPresent() && !before.get().isFile()) {
            throw DestinationException.inTheWay(file, "file");
        }
        if (before.isPresent()) {
            disk.delete(file);
        }
        var text = new StringBuilder();
        var head = new LinkedHashMap<String, Object>();
        head.put("source", JournalFields.source(source));
        head.put("mark", fresh.mark());
        text.append(JsonObject.line(head)).append('\n');
        for (LibraryNote note : fresh.notes()) {
            text.append(text(note)).append('\n');
        }
        try (Disk.Out out = disk.create(file)) {
            out.write(ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static String file(SourceId source) {
        String name = Sha256.hex(source.kind() + " " + source.id());
        return FOLDER + "/" + name.substring(0, NAME_DIGITS) + ".ndjson";
    }

    /** Returns the mark; empty if the first line is not ours, or is of another source. */
    private static String mark(String text, SourceId source) {
        try {
            var map = JsonObject.parse(text);
            SourceId of = JournalFields.source(map.object("source"));
            return of.kind() == source.kind() && of.id().equals(source.id()) ? map.text("mark") : "";
        } catch (RuntimeException torn) {
            return "";
        }
    }

    private static String text(LibraryNote note) {
        var map = new LinkedHashMap<String, Object>();
        map.put("path", note.path());
        if (!note.albums().isEmpty()) {
            map.put(ALBUMS, note.albums().stream().map(AlbumPath::titles).toList());
        }
        if (!note.persons().isEmpty()) {
            map.put(PERSONS, note.persons());
        }
        if (!note.marks().isEmpty()) {
            map.put(MARKS, note.marks().stream().map(Enum::name).sorted().toList());
        }
        if (!note.absent().isEmpty()) {
            map.put("absent", note.absent().stream().map(Enum::name).toList());
        }
        if (note.bytes().isPresent()) {
            map.put("bytes", note.bytes().getAsLong());
        }
        return JsonObject.line(map);
    }

    private static List<AlbumPath> albums(JsonObject map) {
        if (map.has(ALBUMS)) {
            return map.lists(ALBUMS).stream().map(AlbumPath::new).toList();
        }
        return map.has(JOINED_ALBUMS)
                ? map.texts(JOINED_ALBUMS).stream()
                        .map(joined -> AlbumPath.of(joined.split("/", -1)))
                        .toList()
                : List.of();
    }

    private static Optional<LibraryNote> parse(String text, AtomicBoolean stale) {
        try {
            var map = JsonObject.parse(text);
            if (map.has(JOINED_ALBUMS) && !map.has(ALBUMS)) {
                stale.set(true);
            }
            return Optional.of(new LibraryNote(
                    map.text("path"),
                    albums(map),
                    map.has(PERSONS) ? map.texts(PERSONS) : List.of(),
                    map.has(MARKS)
                            ? map.texts(MARKS).stream().map(Trait::valueOf).collect(Collectors.toSet())
                            : Set.of(),
                    map.has("absent")
                            ? map.texts("absent").stream().map(Role::valueOf).toList()
                            : List.of(),
                    map.has("bytes") ? OptionalLong.of(map.number("bytes")) : OptionalLong.empty()));
        } catch (RuntimeException torn) {
            return Optional.empty();
        }
    }
}
