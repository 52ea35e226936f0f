package dev.shoebox.destination.tidy;

import dev.shoebox.destination.disk.AppendOnlyLines;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.Names;
import dev.shoebox.destination.disk.Permission;
import dev.shoebox.destination.ingest.Publisher;
import dev.shoebox.destination.naming.Contradictions;
import dev.shoebox.destination.naming.ListedPaths;
import dev.shoebox.destination.opening.DestinationOpener;
import dev.shoebox.destination.opening.Recovery;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.destination.records.FileCursor;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.destination.records.Kept;
import dev.shoebox.destination.records.Manifest;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Records files that the user or another program renamed or moved in a backup. No photo is changed: the files were
 * read, and match their records.
 *
 * <pre>
 *  step                                        a crash after it leaves                     the next reconciliation
 *  1 force every file under its new name,      nothing new                                 begins anew
 *    and its folders
 *  2 journal: what is known of each file       lines that count for nothing, since no      begins anew
 *    under its new name, forced                line lists the new names
 *  3 SHA256SUMS: the new lines, forced         both names listed                           takes out the old lines
 *  4 catalogue: one transaction                the same                                    the same
 *  5 SHA256SUMS without the old lines          nothing to do
 * </pre>
 */
public final class Reconciliation {
    private static final int PAGE = 2000;

    private final DestinationOpener.Opened opened;
    private final Disk disk;
    private final Catalogue catalogue;
    private final boolean pastCache;

    public Reconciliation(DestinationOpener.Opened opened) {
        this.opened = opened;
        this.disk = opened.disk();
        this.catalogue = opened.catalogue();
        this.pastCache = opened.writing()
                .map(writing -> writing.abilities().readsPastCache())
                .orElse(false);
    }

    /**
     * @param moved the new paths of moved files, by their recorded paths
     * @param missing recorded files that were not found
     */
    public record Result(Map<String, String> moved, List<String> missing) {}

    /** Returns the recorded files that are not at their paths; files are checked and not read. */
    public List<Kept> lost() throws IOException {
        boolean hadIdentity = disk.hasFile(Identity.FILE);
        List<Kept> lost = new ArrayList<>();
        Set<String> doubtful = new HashSet<>(catalogue.marks().damaged());
        doubtful.addAll(Contradictions.known(disk, catalogue));
        for (FileCursor rows = catalogue.files(); rows.next(); ) {
            Kept kept = rows.file();
            if (doubtful.contains(kept.path()) || isElsewhere(kept)) {
                lost.add(kept);
            }
        }
        // A line left by an interrupted reconciliation: the catalogue has its file under the new name.
        Manifest.read(disk, 0, (line, end) -> {
            if (catalogue.at(line.path()).isEmpty() && !disk.hasFile(line.path())) {
                lost.add(new Kept(
                        0, line.path(), Names.withoutExtension(line.path()), Optional.empty(), line.sha256(), -1));
            }
        });
        if (hadIdentity && !lost.isEmpty() && !disk.hasFile(Identity.FILE)) {
            throw new DestinationException.Lost(
                    "The destination is gone; plug the drive in again, then run the command again.");
        }
        return lost;
    }

    /**
     * Returns lines of {@code SHA256SUMS} left by an interrupted reconciliation, whose names other files have by now,
     * and lines of forgotten files. The journal distinguishes them from foreign lines.
     */
    public Set<Manifest> stale(List<Kept> lost) throws IOException {
        List<Journal.Moved> unfinished = new ArrayList<>();
        if (!Contradictions.read(disk, catalogue).isEmpty()) {
            AppendOnlyLines.read(disk, Journal.FILE, 0, (text, end) -> {
                if (Journal.parse(text).orElse(null) instanceof Journal.Moved moved
                        && isRecorded(moved.to(), moved.sha256())
                        && !isRecorded(moved.from(), moved.sha256())) {
                    unfinished.add(moved);
                }
            });
        }
        Set<Manifest> stale = oldLines(unfinished);
        Map<String, String> forgotten = catalogue.forgotten();
        for (Kept each : lost) {
            if (each.role().isEmpty() && each.path().equals(forgotten.get(each.sha256()))) {
                stale.add(new Manifest(each.sha256(), each.path()));
            }
        }
        return stale;
    }

    private boolean isRecorded(String path, String sha256) throws IOException {
        return catalogue.at(path).filter(kept -> kept.sha256().equals(sha256)).isPresent();
    }

    private boolean isElsewhere(Kept kept) {
        try {
            return disk.look(kept.path())
                    .filter(entry -> entry.isFile() && (kept.size() < 0 || entry.size() == kept.size()))
                    .isEmpty();
        } catch (IOException hidden) {
            return false;
        }
    }

    /** Finds moved files without writing anything. */
    public Map<Kept, String> find(List<Kept> lost) throws IOException {
        return lost.isEmpty()
                ? Map.of()
                : new MovedFiles(disk, catalogue, pastCache, MovedFiles.Copies.MAY_BE_MERGED).find(lost);
    }

    /** Returns the moves of the found files. */
    List<Journal.Moved> moves(Map<Kept, String> found, Instant now) throws IOException {
        List<Journal.Moved> moves = new ArrayList<>();
        for (Map.Entry<Kept, String> each : found.entrySet()) {
            Kept file = each.getKey();
            moves.add(new Journal.Moved(
                    now,
                    file.path(),
                    each.getValue(),
                    stem(file, each.getValue()),
                    file.sha256(),
                    catalogue.firstRun(file.path())));
        }
        return moves;
    }

    /** Returns the new stem. The ending after the stem shows the role of a file, and was usually kept. */
    private static String stem(Kept file, String path) {
        String ending = file.path().startsWith(file.stem())
                ? file.path().substring(file.stem().length())
                : "";
        return !ending.isEmpty() && path.endsWith(ending) && path.length() > ending.length()
                ? path.substring(0, path.length() - ending.length())
                : Names.withoutExtension(path);
    }

    /**
     * Records found files, and leaves the old lines.
     *
     * @return the files that could be made durable and recorded under their new names
     */
    public List<Journal.Moved> record(Map<Kept, String> found, Instant now) throws IOException {
        Publisher.Writing writing = opened.writing().orElseThrow();
        writing.lock().requireHeld();
        Map<Kept, String> durable = new LinkedHashMap<>();
        Set<String> folders = new HashSet<>();
        for (Map.Entry<Kept, String> each : found.entrySet()) {
            if (force(each.getValue(), writing)) {
                durable.put(each.getKey(), each.getValue());
                for (String folder = Names.folder(each.getValue()); folders.add(folder); ) {
                    folder = Names.folder(folder);
                }
            }
        }
        if (writing.abilities().forcesFolders()) {
            for (String folder : folders) {
                disk.forceFolder(folder);
            }
        }
        List<Journal.Moved> moves = moves(durable, now);
        if (moves.isEmpty()) {
            return moves;
        }
        boolean settled = catalogue.end(Journal.FILE) == writing.journal().length();
        List<String> lines = new ArrayList<>();
        for (Journal.Moved move : moves) {
            for (Journal.Entry origin : catalogue.origins(move.from())) {
                lines.add(Journal.line(origin.heldBy(move.to(), move.stem())));
            }
            lines.add(Journal.line(move));
        }
        append(writing.journal(), lines, writing);
        ListedPaths listed = new ListedPaths(disk);
        Map<Manifest, List<String>> fresh = new TreeMap<>(Comparator.comparing(Manifest::line));
        for (Journal.Moved move : moves) {
            if (!listed.has(move.to(), move.sha256())) {
                Manifest line = new Manifest(move.sha256(), move.to());
                List<String> texts = line.lines(disk);
                if (texts.size() > 1) {
                    // The user split it.
                    Identity.allowParts(disk, writing.abilities());
                }
                fresh.put(line, texts);
            }
        }
        append(writing.manifest(), fresh.values().stream().flatMap(List::stream).toList(), writing);
        catalogue.transaction(() -> {
            catalogue.move(moves);
            if (settled) {
                catalogue.setPosition(Journal.LINES, writing.journal().position());
                catalogue.setPosition(Manifest.LINES, writing.manifest().position());
            }
        });
        return moves;
    }

    /** Forces a file. A recently moved file may be only in memory, and on FAT it is empty until it is forced. */
    private boolean force(String path, Publisher.Writing writing) throws IOException {
        if (!writing.abilities().forces()) {
            return true;
        }
        try {
            disk.force(path);
            return true;
        } catch (IOException e) {
            if (!Permission.isDenied(e)) {
                throw e;
            }
            // It is read-only: it counts only if it was read from the disk itself.
            return pastCache;
        }
    }

    private static void append(AppendOnlyLines to, List<String> lines, Publisher.Writing writing) throws IOException {
        if (!lines.isEmpty()) {
            to.append(lines);
            if (writing.abilities().forces()) {
                to.force();
            }
        }
    }

    /** Returns the lines of the old names, except those that are also lines of new ones. */
    public static Set<Manifest> oldLines(List<Journal.Moved> moves) {
        Set<Manifest> lines = new HashSet<>();
        moves.forEach(move -> lines.add(new Manifest(move.sha256(), move.from())));
        moves.forEach(move -> lines.remove(new Manifest(move.sha256(), move.to())));
        return lines;
    }

    /** Records that files were read under their new names and are intact. */
    public static void verified(DestinationOpener.Opened opened, List<Journal.Moved> moves, Instant now)
            throws IOException {
        List<String> paths = moves.stream().map(Journal.Moved::to).distinct().toList();
        for (int from = 0; from < paths.size(); from += PAGE) {
            Recovery.note(
                    new Journal.Verified(now, paths.subList(from, Math.min(paths.size(), from + PAGE))),
                    opened.writing().orElseThrow(),
                    opened.catalogue());
        }
    }
}
