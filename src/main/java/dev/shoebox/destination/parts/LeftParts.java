package dev.shoebox.destination.parts;

import dev.shoebox.destination.disk.ContentHash;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.DiskCapabilities;
import dev.shoebox.destination.disk.Names;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The remains of files that an interrupted run was about to store in parts. Some parts may have their names and others
 * not, each may be empty, and on a disk where a name owns its bytes each may share them with a partial file that came back.
 */
public final class LeftParts {
    private static final Pattern PARTIAL = Pattern.compile("[0-9A-Za-z]+-[0-9]+\\.part(\\.([0-9]{3}|sha256))?");

    private final Disk disk;
    private final Disk bare;
    private final DiskCapabilities abilities;
    private final String staging;

    /** @param staging the folder of partial files */
    public LeftParts(Disk disk, DiskCapabilities abilities, String staging) {
        this.disk = disk;
        this.bare = disk.bare();
        this.abilities = abilities;
        this.staging = staging;
    }

    /** A file that a run was about to store. */
    public record Intended(String path, String sha256, long size) {}

    /**
     * The remains of a file.
     *
     * @param isWhole whether all parts and the note are there, and the content is right
     * @param inTheWay otherwise: what has the names of its parts, and the partial files that share bytes with these; paths
     *     on the {@linkplain Disk#bare bare} disk
     */
    public record Left(boolean isWhole, List<String> inTheWay) {
        public Left {
            inTheWay = List.copyOf(inTheWay);
        }
    }

    /** Returns whether a file of this size would be stored in parts, and no file has its own name. */
    public boolean concerns(String path, long size) throws IOException {
        return size > abilities.partSize() && bare.look(path).isEmpty();
    }

    /**
     * Examines a file that {@linkplain #concerns concerns} this class.
     *
     * @param which partial files may have become its parts, by name
     */
    public Left of(Intended file, Predicate<String> which) throws IOException {
        List<String> there = there(file);
        List<String> twins = abilities.links() || there.isEmpty() ? List.of() : twins(there, which);
        if (twins.isEmpty() && isWhole(file)) {
            return new Left(true, List.of());
        }
        List<String> inTheWay = new ArrayList<>(there);
        // The note is removed before the parts.
        Collections.reverse(inTheWay);
        inTheWay.addAll(twins);
        return new Left(false, inTheWay);
    }

    /**
     * Finds files with the names of its parts and its note that have their sizes or are empty. All others belong to
     * somebody else.
     */
    private List<String> there(Intended file) throws IOException {
        // Its own name, those of its parts, and that of its note.
        List<String> taken = disk.takenBy(file.path(), file.size());
        int parts = taken.size() - 2;
        List<String> there = new ArrayList<>();
        for (int i = 1; i < taken.size(); i++) {
            long size = i > parts
                    ? PartsNote.size(Names.last(file.path()), parts)
                    : Math.min(abilities.partSize(), file.size() - (i - 1) * abilities.partSize());
            Optional<Disk.Entry> entry = bare.look(taken.get(i)).filter(Disk.Entry::isFile);
            if (entry.isPresent() && (entry.get().size() == size || entry.get().size() == 0)) {
                there.add(taken.get(i));
            }
        }
        return there;
    }

    private boolean isWhole(Intended file) throws IOException {
        return disk.parts(file.path())
                        .filter(parts -> parts.sha256().equals(file.sha256()))
                        .isPresent()
                && disk.look(file.path())
                        .filter(entry -> entry.size() == file.size())
                        .isPresent()
                && hash(disk, file.path()).equals(file.sha256());
    }

    private List<String> twins(List<String> there, Predicate<String> which) throws IOException {
        List<String> partials = new ArrayList<>();
        Set<String> contents = new HashSet<>();
        for (String name : bare.names(staging)) {
            if (PARTIAL.matcher(name).matches() && which.test(name)) {
                partials.add(staging + "/" + name);
            }
        }
        if (!partials.isEmpty()) {
            for (String path : there) {
                contents.add(hash(bare, path));
            }
            partials.removeIf(path -> !contents.contains(shown(path)));
        }
        return partials;
    }

    private String shown(String path) {
        try {
            return ContentHash.shown(bare, path);
        } catch (IOException unreadable) {
            return "";
        }
    }

    /** Hashes past the cache, if the disk can be read so. */
    private String hash(Disk on, String path) throws IOException {
        return ContentHash.best(on, path, abilities.readsPastCache());
    }
}
