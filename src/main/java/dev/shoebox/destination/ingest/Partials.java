package dev.shoebox.destination.ingest;

import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.DiskCapabilities;
import dev.shoebox.destination.ingest.PartialRecord.Known;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.SourceId;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The large partial files of one source that are kept from one attempt, or one run, to the next. */
public final class Partials {
    /** Smaller files are faster to read again than to keep, in bytes. */
    static final long WORTH_KEEPING = 8 << 20;

    /** A limit, because partial files of phones that never return must not fill the disk. */
    private static final int MOST_KEPT = 4;

    private static final Pattern OURS = Pattern.compile("[0-9A-Za-z]+-[0-9]+\\.(part(\\.[0-9]{3}|\\.sha256)?|resume)");
    private static final String PART = ".part";

    private final Disk disk;
    private final SourceId source;

    /** Null until one is requested. */
    private Map<MediaFile, Known> kept;

    Partials(Disk disk, SourceId source) {
        this.disk = disk;
        this.source = source;
    }

    /**
     * Removes the files of interrupted runs, except the newest large partial files that can be resumed. Removes only
     * files that such a run could have created. Must not be called before {@code Recovery.recover} has examined them.
     */
    public static void sweep(Disk disk, DiskCapabilities abilities) throws IOException {
        // What is left of a file may be some of its parts.
        Disk bare = disk.bare();
        List<Known> usable = usable(disk);
        Set<String> wanted = new HashSet<>();
        for (Known known : usable.subList(Math.max(0, usable.size() - MOST_KEPT), usable.size())) {
            wanted.add(PartialRecord.path(known.partial()));
            wanted.add(known.partial());
            for (int number = 2; number <= Disk.Parts.MOST && isFile(bare, part(known, number)); number++) {
                wanted.add(part(known, number));
            }
        }
        boolean swept = false;
        for (String name : bare.names(Identity.STAGING)) {
            String path = Identity.STAGING + "/" + name;
            if (OURS.matcher(name).matches() && !wanted.contains(path) && isFile(bare, path)) {
                bare.delete(path);
                swept = true;
            }
        }
        if (swept && !abilities.links() && abilities.forcesFolders()) {
            // A file that came back would share its bytes with those written now.
            disk.forceFolder(Identity.STAGING);
        }
    }

    private static String part(Known known, int number) {
        return Disk.Parts.path(known.partial(), number);
    }

    /** Returns the resumable partial files by name, which starts with the time of the run that created them. */
    private static List<Known> usable(Disk disk) throws IOException {
        var usable = new ArrayList<Known>();
        for (String name : disk.names(Identity.STAGING)) {
            String path = Identity.STAGING + "/" + name;
            if (OURS.matcher(name).matches() && name.endsWith(PART) && canGrow(disk, path)) {
                long size = disk.look(path).orElseThrow().size();
                PartialRecord.read(disk, path)
                        .filter(known -> known.bytes() >= WORTH_KEEPING && known.bytes() <= size)
                        .ifPresent(usable::add);
            }
        }
        usable.sort(Comparator.comparing(Known::partial));
        return usable;
    }

    /** Returns whether its first part is no larger than a part may be now; an earlier run may have had a larger limit. */
    private static boolean canGrow(Disk disk, String path) throws IOException {
        return disk.bare()
                .look(path)
                .filter(first -> first.isFile() && !disk.needsParts(first.size()))
                .isPresent();
    }

    private static boolean isFile(Disk disk, String path) throws IOException {
        return disk.look(path).filter(Disk.Entry::isFile).isPresent();
    }

    private Map<MediaFile, Known> kept() throws IOException {
        if (kept == null) {
            var found = new HashMap<MediaFile, Known>();
            for (Known known : usable(disk)) {
                if (known.source().kind() == source.kind()
                        && known.source().id().equals(source.id())) {
                    found.put(known.file(), known);
                }
            }
            kept = found;
        }
        return kept;
    }

    /** Returns how many bytes of a file are kept. */
    long bytes(MediaFile file) throws IOException {
        Known known = file.size() < WORTH_KEEPING ? null : kept().get(file);
        return known == null ? 0 : known.bytes();
    }

    /** Removes and returns the kept part of a file; the caller now owns it. */
    Optional<Known> take(MediaFile file) throws IOException {
        return file.size() < WORTH_KEEPING ? Optional.empty() : Optional.ofNullable(kept().remove(file));
    }

    /** Adds a kept part. Must be called only after {@link #take}. */
    void add(Known known) {
        if (kept != null) {
            kept.put(known.file(), known);
        }
    }

    /** Removes the kept parts of files that will not be requested again: stored meanwhile, changed, or gone. */
    void keepOnly(Stream<MediaFile> wanted) throws IOException {
        Set<MediaFile> unasked = new HashSet<>(kept().keySet());
        wanted.forEach(unasked::remove);
        for (MediaFile file : unasked) {
            remove(kept().remove(file));
        }
    }

    /** Removes a kept part that turned out to be useless. */
    void remove(Known known) throws IOException {
        disk.delete(known.partial());
        disk.delete(PartialRecord.path(known.partial()));
    }
}
