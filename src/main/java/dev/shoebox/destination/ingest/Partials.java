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

/** The large partial files of one source that are kept from one try, or one run, to the next. */
public final class Partials {
    /** Smaller files are read again sooner than they are looked after, in bytes. */
    static final long WORTH_KEEPING = 8 << 20;

    /** Partial files of phones that never come again must not fill the disk. */
    private static final int MOST_KEPT = 4;

    private static final Pattern OURS = Pattern.compile("[0-9A-Za-z]+-[0-9]+\\.(part|resume)");
    private static final String PART = ".part";

    private final Disk disk;
    private final SourceId source;
    private Optional<Map<MediaFile, Known>> kept = Optional.empty();

    Partials(Disk disk, SourceId source) {
        this.disk = disk;
        this.source = source;
    }

    /**
     * Removes what runs that ended badly left, but for the newest large partial files that can be taken up again; only files
     * that such a run could have made. Not before {@code Recovery.recover} looked at them.
     */
    public static void sweep(Disk disk, DiskCapabilities abilities) throws IOException {
        List<Known> usable = usable(disk);
        Set<String> wanted = new HashSet<>();
        for (Known known : usable.subList(Math.max(0, usable.size() - MOST_KEPT), usable.size())) {
            wanted.add(known.partial());
            wanted.add(PartialRecord.path(known.partial()));
        }
        boolean swept = false;
        for (String name : disk.names(Identity.STAGING)) {
            String path = Identity.STAGING + "/" + name;
            if (OURS.matcher(name).matches() && !wanted.contains(path) && isFile(disk, path)) {
                disk.delete(path);
                swept = true;
            }
        }
        if (swept && !abilities.links() && abilities.forcesFolders()) {
            // One that came back would share its bytes with what is written now.
            disk.forceFolder(Identity.STAGING);
        }
    }

    /** By name, which begins with the time of the run that began it. */
    private static List<Known> usable(Disk disk) throws IOException {
        var usable = new ArrayList<Known>();
        for (String name : disk.names(Identity.STAGING)) {
            String path = Identity.STAGING + "/" + name;
            if (OURS.matcher(name).matches() && name.endsWith(PART) && isFile(disk, path)) {
                long size = disk.look(path).orElseThrow().size();
                PartialRecord.read(disk, path)
                        .filter(known -> known.bytes() >= WORTH_KEEPING && known.bytes() <= size)
                        .ifPresent(usable::add);
            }
        }
        usable.sort(Comparator.comparing(Known::partial));
        return usable;
    }

    private static boolean isFile(Disk disk, String path) throws IOException {
        return disk.look(path).filter(Disk.Entry::isFile).isPresent();
    }

    private Map<MediaFile, Known> kept() throws IOException {
        if (kept.isEmpty()) {
            var found = new HashMap<MediaFile, Known>();
            for (Known known : usable(disk)) {
                if (known.source().kind() == source.kind()
                        && known.source().id().equals(source.id())) {
                    found.put(known.file(), known);
                }
            }
            kept = Optional.of(found);
        }
        return kept.get();
    }

    /** How much of a file is kept, in bytes. */
    long bytes(MediaFile file) throws IOException {
        Known known = file.size() < WORTH_KEEPING ? null : kept().get(file);
        return known == null ? 0 : known.bytes();
    }

    /** What is kept of a file, which from now on is in other hands. */
    Optional<Known> take(MediaFile file) throws IOException {
        return file.size() < WORTH_KEEPING ? Optional.empty() : Optional.ofNullable(kept().remove(file));
    }

    /** Only after {@link #take} of the same file, or of any. */
    void add(Known known) {
        kept.ifPresent(map -> map.put(known.file(), known));
    }

    /** Removes what is kept of files that nobody will ask for: stored meanwhile, changed, or gone. */
    void keepOnly(Stream<MediaFile> wanted) throws IOException {
        Set<MediaFile> unasked = new HashSet<>(kept().keySet());
        wanted.forEach(unasked::remove);
        for (MediaFile file : unasked) {
            remove(kept().remove(file));
        }
    }

    /** Removes what turned out to be of no use. */
    void remove(Known known) throws IOException {
        disk.delete(known.partial());
        disk.delete(PartialRecord.path(known.partial()));
    }
}
