package dev.shoebox.destination.opening;

import dev.shoebox.destination.aside.SetAside;
import dev.shoebox.destination.disk.AppendOnlyLines;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.DiskCapabilities;
import dev.shoebox.destination.ingest.Publisher;
import dev.shoebox.destination.naming.Contradictions;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.destination.records.Kept;
import dev.shoebox.destination.records.Manifest;
import dev.shoebox.destination.records.run.FailedFiles;
import dev.shoebox.history.RunRecord;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Compares the three records of a backup: the journal must have everything that is in the catalogue, and the manifest
 * must list its files. Each can be rebuilt from the others, so it matters which one is damaged.
 */
public final class RecordConsistency {
    /** The length of a SHA-256 in hexadecimal digits. */
    private static final int DIGITS = 64;

    private final Disk disk;
    private final Catalogue catalogue;

    public RecordConsistency(Disk disk, Catalogue catalogue) {
        this.disk = disk;
        this.catalogue = catalogue;
    }

    /**
     * Opens for writing; damaged records are set aside and rebuilt from each other, one after the other.
     *
     * @param say receives a line for the user on each of them
     */
    public static DestinationOpener.Opened mended(DestinationOpener opener, Instant now, Consumer<String> say)
            throws DestinationException {
        List<String> damaged = damaged(opener);
        for (String record : List.of(Journal.FILE, Catalogue.FILE, Manifest.FILE)) {
            if (damaged.contains(record)) {
                if (record.equals(Manifest.FILE)) {
                    correct(opener, now);
                } else {
                    remake(opener, record, now);
                }
                say.accept(record + " was damaged; it was moved to " + Identity.SET_ASIDE + " and is written again.");
                damaged = damaged(opener);
            }
        }
        return opener.forWriting(now);
    }

    private static List<String> damaged(DestinationOpener opener) throws DestinationException {
        try (DestinationOpener.Opened seen = opener.forLooking()) {
            return new RecordConsistency(seen.disk(), seen.catalogue()).damaged();
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Removes damaged lines of ours; opening it before added those that were missing. */
    private static void correct(DestinationOpener opener, Instant now) throws DestinationException {
        Set<String> nothing = new HashSet<>();
        try (DestinationOpener.Opened locked = opener.forWriting(now)) {
            Disk disk = locked.disk();
            Catalogue catalogue = locked.catalogue();
            Ours ours = Ours.in(disk, catalogue);
            Manifest.read(disk, 0, (line, end) -> {
                if (ours.isElsewhere(line) && !disk.hasFile(line.path())) {
                    nothing.add(line.path());
                }
            });
            rewrite(
                    locked,
                    group -> group.line() == null
                            ? ours.isDamaged(group.texts().get(0))
                            : nothing.contains(group.line().path())
                                    || Contradictions.contradicts(group.line(), catalogue),
                    now);
        } catch (IOException e) {
            throw unusable(e);
        }
        forget(opener, nothing, now);
    }

    /** Removes these files from the catalogue, because they are no longer listed. */
    private static void forget(DestinationOpener opener, Set<String> paths, Instant now) throws DestinationException {
        try (DestinationOpener.Opened again = opener.forWriting(now)) {
            again.catalogue().transaction(() -> {
                for (String path : paths) {
                    again.catalogue().remove(path);
                }
            });
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /**
     * What the catalogue knows, by which damaged lines of ours are told from lines of others.
     *
     * @param known paths and digests of all files
     * @param stored paths of the files that were backed up
     * @param present digests of those that exist
     */
    private record Ours(Set<String> known, Set<String> stored, Set<String> present) {
        static Ours in(Disk disk, Catalogue catalogue) throws IOException {
            var ours = new Ours(new HashSet<>(), new HashSet<>(), new HashSet<>());
            for (long id : catalogue.ids(false)) {
                Kept kept = catalogue.with(id);
                ours.known.addAll(List.of(kept.path(), kept.sha256()));
                if (kept.role().isPresent()) {
                    ours.stored.add(kept.path());
                    if (disk.hasFile(kept.path())) {
                        ours.present.add(kept.sha256());
                    }
                }
            }
            return ours;
        }

        /** Whether a text that is no line has the path or the digits of a file. */
        boolean isDamaged(String text) {
            return text.length() > DIGITS + 2
                    && (known.contains(text.substring(DIGITS + 2)) || known.contains(text.substring(0, DIGITS)));
        }

        /** Whether a line gives a photo that exists a path at which none was stored. */
        boolean isElsewhere(Manifest line) {
            return present.contains(line.sha256()) && !stored.contains(line.path());
        }
    }

    /** Sets one of the records aside and rebuilds it from the others. */
    static void remake(DestinationOpener opener, String record, Instant now) throws DestinationException {
        if (!record.equals(Catalogue.FILE)) {
            try (DestinationOpener.Opened locked = opener.forWriting(now)) {
                SetAside.setAside(locked.disk(), locked.writing().orElseThrow().abilities(), record, now);
            } catch (IOException e) {
                throw unusable(e);
            }
        }
        (record.equals(Catalogue.FILE) ? opener.rebuilding(now) : opener.forWriting(now)).close();
    }

    /**
     * Sets {@code SHA256SUMS} aside and rewrites it without the lines of these files. Every other byte stays as it is,
     * even after a crash.
     */
    public static void unlist(DestinationOpener opener, Set<String> paths, Instant now) throws DestinationException {
        try (DestinationOpener.Opened locked = opener.forWriting(now)) {
            rewrite(
                    locked,
                    group -> group.listed()
                            .filter(each -> paths.contains(each.path()))
                            .isPresent(),
                    now);
        } catch (IOException e) {
            throw unusable(e);
        }
        forget(opener, paths, now);
    }

    /** Prepares the records to be opened: completes an interrupted change, and gives them bytes of their own. */
    static void prepare(Disk disk, DiskCapabilities abilities, Instant now) throws IOException {
        FailedFiles.requireOrdinary(disk);
        new ManifestRewrite(disk, abilities).end();
        relist(disk, abilities, now);
        new SoleNames(disk, abilities).ensure();
    }

    /** As {@link #relist(Disk, DiskCapabilities, Instant)}; fails, with nothing changed, if another run took over. */
    static void relist(DestinationOpener.Opened locked, Instant now) throws IOException {
        Publisher.Writing writing = locked.writing().orElseThrow();
        writing.lock().requireHeld();
        relist(locked.disk(), writing.abilities(), now);
    }

    /**
     * Makes {@code SHA256SUMS} list files in parts as they are now: as one file, or in other parts. Every other byte stays as
     * it is, even after a crash.
     */
    static void relist(Disk disk, DiskCapabilities abilities, Instant now) throws IOException {
        if (!Identity.mayHaveParts(disk)) {
            return;
        }
        Set<Manifest> inParts = new HashSet<>();
        Manifest.readAll(disk, 0, group -> {
            if (group.isInParts()) {
                inParts.add(group.line());
            }
        });
        boolean[] isWrong = {false};
        ManifestRewrite.Change check = asItLies(disk, inParts);
        Manifest.readAll(disk, 0, group -> isWrong[0] |= check.instead(group) != null);
        if (isWrong[0]) {
            if (abilities.forcesFolders()) {
                // On FAT, a partial file that was just deleted would come back with the bytes of the new manifest.
                disk.forceFolder(Identity.STAGING);
            }
            new ManifestRewrite(disk, abilities).change(asItLies(disk, inParts), now);
        }
    }

    /**
     * Lists each of these files once, with the parts that it has, where it was listed first. A missing one stays listed as it
     * is.
     */
    private static ManifestRewrite.Change asItLies(Disk disk, Set<Manifest> files) {
        Set<Manifest> listed = new HashSet<>();
        return group -> {
            Manifest file = group.line();
            if (file == null || !files.contains(file) || !disk.hasFile(file.path())) {
                return null;
            }
            List<String> lines = file.lines(disk);
            if (!listed.add(file)) {
                return List.of();
            }
            return parsed(lines).equals(parsed(group.texts())) ? null : lines;
        };
    }

    private static List<Optional<Manifest>> parsed(List<String> lines) {
        return lines.stream().map(Manifest::parse).toList();
    }

    /**
     * Sets {@code SHA256SUMS} aside and rewrites it without these lines, in any notation. The destination must be
     * {@linkplain DestinationOpener#again reopened} before a line is added. Fails, with nothing changed, if another run took over.
     */
    public static void unlist(DestinationOpener.Opened locked, Set<Manifest> lines, Instant now) throws IOException {
        boolean[] listed = {false};
        Manifest.read(locked.disk(), 0, (line, end) -> listed[0] |= lines.contains(line));
        if (listed[0]) {
            rewrite(locked, group -> group.listed().filter(lines::contains).isPresent(), now);
        }
    }

    private static void rewrite(DestinationOpener.Opened locked, ManifestRewrite.Choice leftOut, Instant now)
            throws IOException {
        Disk disk = locked.disk();
        Publisher.Writing writing = locked.writing().orElseThrow();
        writing.lock().requireHeld();
        new ManifestRewrite(disk, writing.abilities()).leaveOut(leftOut, now);
    }

    private static DestinationException unusable(IOException cause) {
        return cause instanceof DestinationException known
                ? known
                : new DestinationException.Lost(
                        "The records of this backup cannot be read (" + DestinationException.reason(cause)
                                + "); check the disk, then run the command again.",
                        cause);
    }

    /** Returns the damaged ones of {@link Catalogue#FILE}, {@link Journal#FILE} and {@link Manifest#FILE}. */
    public List<String> damaged() throws IOException {
        var damaged = new ArrayList<String>();
        Set<Object> told = new HashSet<>();
        boolean[] broken = {false};
        AppendOnlyLines.read(disk, Journal.FILE, 0, (line, end) -> {
            Optional<Journal.Event> event = Journal.parse(line);
            broken[0] |= event.isEmpty() && !Journal.isOfLaterVersion(line);
            event.ifPresent(known -> told.addAll(essence(known)));
        });
        Set<Object> listed = new HashSet<>();
        boolean isManifestWhole = isManifestWhole(listed);
        boolean[] wrong = {broken[0], catalogue.integrity().isPresent()};
        if (!wrong[0] && !wrong[1]) {
            for (Journal.Event event : catalogue.events()) {
                accuse(event, told, listed, wrong);
            }
        }
        if (wrong[0]) {
            damaged.add(Journal.FILE);
        }
        if (wrong[1]) {
            damaged.add(Catalogue.FILE);
        }
        if (!isManifestWhole) {
            damaged.add(Manifest.FILE);
        }
        return damaged;
    }

    /**
     * If the catalogue and the journal contradict each other, the manifest decides; if it has no answer, the journal is
     * right.
     *
     * @param wrong whether the journal, and whether the catalogue, is wrong
     */
    private static void accuse(Journal.Event event, Set<Object> told, Set<Object> listed, boolean[] wrong) {
        List<Object> essence = essence(event);
        if (event instanceof Journal.Entry entry) {
            List<Object> content = List.of(entry.path(), entry.sha256());
            if (!told.contains(content) && listed.contains(content)) {
                wrong[0] = true;
            } else if (!told.containsAll(essence)) {
                wrong[1] = true;
            }
        } else if (!told.containsAll(essence)) {
            wrong[1] = true;
        }
    }

    /**
     * Returns the facts of an event that must be the same in all records: not its run, nor that it was an intention.
     */
    static List<Object> essence(Journal.Event event) {
        if (event instanceof Journal.Entry entry) {
            return List.of(
                    List.of(
                            entry.path(),
                            entry.stem(),
                            entry.sha256(),
                            entry.size(),
                            entry.source().kind(),
                            entry.source().id(),
                            entry.file(),
                            entry.asset(),
                            entry.role()),
                    List.of(entry.path(), entry.sha256()),
                    List.of(entry.path(), entry.captured()));
        }
        if (event instanceof Journal.RunEnded ended) {
            RunRecord run = ended.run();
            return List.of(List.of(
                    run.source().orElseThrow().id(),
                    run.started(),
                    run.ending(),
                    run.left(),
                    run.result().counts()));
        }
        if (event instanceof Journal.Forgotten forgotten) {
            return Stream.concat(
                            Stream.of(forgotten.sha256()),
                            forgotten.files().stream()
                                    .map(origin -> List.of(
                                            forgotten.sha256(), origin.source().id(), origin.file())))
                    .<Object>map(each -> List.of("forgotten", each))
                    .toList();
        }
        if (event instanceof Journal.Verified verified) {
            return verified.paths().stream()
                    .<Object>map(path -> List.of(path, verified.at()))
                    .toList();
        }
        return List.of();
    }

    /**
     * Whether every existing file is listed with its catalogued content. Other lines do not matter: users write in this
     * file, too.
     *
     * @param contents receives paths with their SHA-256
     */
    private boolean isManifestWhole(Set<Object> contents) throws IOException {
        boolean[] whole = {true};
        Set<String> listed = new HashSet<>();
        Manifest.read(disk, 0, (line, end) -> {
            whole[0] &= !Contradictions.contradicts(line, catalogue);
            listed.add(line.path());
            contents.add(List.of(line.path(), line.sha256()));
        });
        for (long id : catalogue.ids(false)) {
            Kept kept = catalogue.with(id);
            whole[0] &= kept.role().isEmpty()
                    || listed.contains(kept.path())
                    // The user may have moved the file and its line.
                    || !disk.hasFile(kept.path());
        }
        return whole[0];
    }
}
