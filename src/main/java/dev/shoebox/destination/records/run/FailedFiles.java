package dev.shoebox.destination.records.run;

import dev.shoebox.destination.disk.AppendOnlyLines;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.destination.records.JournalFields;
import dev.shoebox.json.JsonObject;
import dev.shoebox.photos.source.SourceId;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * The file {@code .shoebox/troubled.ndjson}: the files of each source that could not be backed up by the last run that
 * got as far as reading.
 *
 * <p>It only affects the order in which files are read, so it is not forced: a crash leaves the previous one, none, or
 * some lines, each of which is valid on its own.
 */
public final class FailedFiles {
    static final String FILE = Identity.FOLDER + "/troubled.ndjson";

    /** The maximum per source; with more failures, their order does not matter. */
    private static final int MOST = 10_000;

    /** A larger file is not ours, in bytes. */
    private static final long LARGEST = 64 << 20;

    private FailedFiles() {}

    private record Line(SourceId source, FailedFile trouble) {
        boolean isOf(SourceId other) {
            return source.kind() == other.kind() && source.id().equals(other.id());
        }
    }

    /** Rejects anything else in place of the file, which is neither followed nor replaced. */
    public static void requireOrdinary(Disk disk) throws IOException {
        if (disk.look(FILE).filter(entry -> !entry.isFile()).isPresent()) {
            throw DestinationException.inTheWay(FILE, "file");
        }
    }

    public static List<FailedFile> read(Disk disk, SourceId source) throws IOException {
        return lines(disk).stream()
                .filter(line -> line.isOf(source))
                .map(Line::trouble)
                .toList();
    }

    /** Replaces the failed files of a source. */
    public static void write(Disk disk, SourceId source, List<FailedFile> troubles) throws IOException {
        requireOrdinary(disk);
        List<Line> before = lines(disk);
        var lines = new ArrayList<>(
                before.stream().filter(line -> !line.isOf(source)).toList());
        troubles.stream().limit(MOST).map(trouble -> new Line(source, trouble)).forEach(lines::add);
        if (lines.equals(before)) {
            return;
        }
        if (disk.look(FILE).isPresent()) {
            disk.delete(FILE);
        }
        if (!lines.isEmpty()) {
            var text = new StringBuilder();
            for (Line line : lines) {
                text.append(text(line)).append('\n');
            }
            try (Disk.Out out = disk.create(FILE)) {
                out.write(ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    private static List<Line> lines(Disk disk) throws IOException {
        var lines = new ArrayList<Line>();
        if (disk.look(FILE)
                .filter(entry -> entry.isFile() && entry.size() <= LARGEST)
                .isPresent()) {
            AppendOnlyLines.read(disk, FILE, 0, (text, end) -> parse(text).ifPresent(lines::add));
        }
        return lines;
    }

    private static String text(Line line) {
        var map = new LinkedHashMap<String, Object>();
        map.put("source", JournalFields.source(line.source()));
        map.put("path", line.trouble().path());
        map.put("breaks", line.trouble().breaks());
        return JsonObject.line(map);
    }

    private static Optional<Line> parse(String text) {
        try {
            var map = JsonObject.parse(text);
            boolean breaks = map.isTrue("breaks");
            return Optional.of(
                    new Line(JournalFields.source(map.object("source")), new FailedFile(map.text("path"), breaks)));
        } catch (RuntimeException torn) {
            return Optional.empty();
        }
    }
}
