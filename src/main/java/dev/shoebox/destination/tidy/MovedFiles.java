package dev.shoebox.destination.tidy;

import dev.shoebox.destination.disk.ContentHash;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.Names;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.destination.records.Kept;
import dev.shoebox.destination.records.Manifest;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.sorting.Clutter;
import dev.shoebox.photos.source.Scope;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Finds files that are not under their stored names. A file is recognised only by its SHA-256; its size selects what to
 * read. Trash and internal folders of a system are not searched: such files were deleted, or may vanish at any time.
 */
public final class MovedFiles {
    /** For more files with the same content, no best match of names is computed. */
    private static final int MOST_MATCHED = 200;

    private final Disk disk;
    private final Catalogue catalogue;
    private final boolean pastCache;
    private final Clutter clutter = Clutter.below("", Scope.USUAL);
    private final Map<String, Optional<String>> contents = new HashMap<>();

    /** Unlisted files with the wanted contents, by content. */
    private final Map<String, Set<String>> found = new HashMap<>();

    private final Copies copies;

    /** Whether a missing file may be a removed duplicate of another one with its content. */
    public enum Copies {
        MAY_BE_MERGED,
        STAY_APART
    }

    /**
     * @param pastCache whether the disk supports direct reads
     */
    public MovedFiles(Disk disk, Catalogue catalogue, boolean pastCache, Copies copies) {
        this.disk = disk;
        this.copies = copies;
        this.catalogue = catalogue;
        this.pastCache = pastCache;
    }

    /**
     * @param lost files that are missing or have other content
     * @return the found files with their paths; each path has one file, except for merged duplicates
     */
    public Map<Kept, String> find(List<Kept> lost) throws IOException {
        Map<String, List<Kept>> wanted = new LinkedHashMap<>();
        Set<Long> sizes = new HashSet<>();
        Set<String> lostPaths = new HashSet<>();
        for (Kept file : lost) {
            // All empty files have the same content.
            if (file.size() == 0) {
                continue;
            }
            lostPaths.add(file.path());
            if (!holds(file.path(), file.size(), file.sha256())) {
                wanted.computeIfAbsent(file.sha256(), content -> new ArrayList<>())
                        .add(file);
                sizes.add(file.size());
            }
        }
        if (wanted.isEmpty()) {
            return Map.of();
        }
        Map<String, List<Kept>> shared = new HashMap<>();
        for (String content : wanted.keySet()) {
            for (Kept twin : catalogue.withContent(content)) {
                if (!lostPaths.contains(twin.path()) && holds(twin.path(), twin.size(), content)) {
                    if (twin.role().isEmpty()) {
                        add(content, twin.path());
                    } else {
                        shared.computeIfAbsent(content, key -> new ArrayList<>())
                                .add(twin);
                    }
                }
            }
        }
        for (String path : lostPaths) {
            take(path, sizes, wanted.keySet());
        }
        walk("", sizes, wanted.keySet(), lostPaths);
        Map<Kept, String> moved = new LinkedHashMap<>();
        for (Map.Entry<String, List<Kept>> each : wanted.entrySet()) {
            String content = each.getKey();
            Set<String> free = found.getOrDefault(content, Set.of());
            assign(each.getValue(), free, shared.getOrDefault(content, List.of()), moved);
        }
        withoutTakenPlaces(moved, lost);
        return moved;
    }

    /** Removes paths that belong to another lost file that was not found: the file there is damage. */
    private static void withoutTakenPlaces(Map<Kept, String> moved, List<Kept> lost) {
        Map<String, Kept> places = new HashMap<>();
        lost.forEach(file -> places.put(file.path(), file));
        while (moved.entrySet().removeIf(move -> {
            Kept there = places.get(move.getValue());
            return there != null && !there.sha256().equals(move.getKey().sha256()) && !moved.containsKey(there);
        })) {
            // Each file that stays may hold the path of another.
        }
    }

    private boolean holds(String path, long size, String sha256) throws IOException {
        Optional<Disk.Entry> there = look(path);
        return there.filter(entry -> entry.isFile() && (size < 0 || entry.size() == size))
                        .isPresent()
                && content(path).equals(Optional.of(sha256));
    }

    private Optional<Disk.Entry> look(String path) {
        try {
            return disk.look(path);
        } catch (IOException hidden) {
            return Optional.empty();
        }
    }

    /** Returns the content of a file; empty if it cannot be read. */
    private Optional<String> content(String path) {
        return contents.computeIfAbsent(path, asked -> {
            try {
                return Optional.of(ContentHash.of(disk, asked, pastCache));
            } catch (IOException unreadable) {
                return Optional.empty();
            }
        });
    }

    private void add(String content, String path) {
        found.computeIfAbsent(content, key -> new LinkedHashSet<>()).add(path);
    }

    private void walk(String folder, Set<Long> sizes, Set<String> wanted, Set<String> lost) throws IOException {
        List<String> names;
        try {
            names = disk.names(folder).stream().sorted().toList();
        } catch (IOException closed) {
            return;
        }
        for (String name : names) {
            String path = folder.isEmpty() ? name : folder + "/" + name;
            if (path.equals(Identity.FOLDER)
                    || path.equals(Manifest.FILE)
                    || path.equals(Identity.ALBUMS)
                    || Identity.isSystemName(name)) {
                continue;
            }
            Optional<Disk.Entry> entry = look(path);
            if (entry.filter(there -> there.kind() == Disk.Entry.Kind.FOLDER).isPresent()) {
                if (clutter.folder(path).isEmpty()) {
                    walk(path, sizes, wanted, lost);
                }
            } else if (entry.isPresent()
                    && clutter.file(path).isEmpty()
                    && !lost.contains(path)
                    && catalogue.at(path).isEmpty()) {
                take(path, sizes, wanted);
            }
        }
    }

    private void take(String path, Set<Long> sizes, Set<String> wanted) {
        if (look(path)
                        .filter(entry -> entry.isFile() && (sizes.contains(-1L) || sizes.contains(entry.size())))
                        .isPresent()
                && canBeListed(path)) {
            content(path).filter(wanted::contains).ifPresent(content -> add(content, path));
        }
    }

    /** Returns whether a path can be listed: checkers disagree on names with a line end or a backslash. */
    static boolean canBeListed(String path) {
        String digits = "0".repeat(64);
        return path.indexOf('\n') < 0
                && Manifest.parse(new Manifest(digits, path).line())
                        .filter(line -> line.path().equals(path))
                        .isPresent();
    }

    /**
     * Assigns each lost file of one content to the most similar name. A file without a match may have been a redundant
     * duplicate: if only its content matters, another existing file takes its place.
     */
    private void assign(List<Kept> lost, Set<String> free, List<Kept> shared, Map<Kept, String> moved) {
        record Match(Kept file, String path) {}
        List<Kept> left = new ArrayList<>(lost);
        Set<String> names = new LinkedHashSet<>(free);
        Map<Integer, List<Match>> matches = new TreeMap<>();
        if (lost.size() <= MOST_MATCHED && free.size() <= MOST_MATCHED) {
            for (Kept file : lost) {
                for (String path : free) {
                    matches.computeIfAbsent(-likeness(file.path(), path), key -> new ArrayList<>())
                            .add(new Match(file, path));
                }
            }
        }
        for (List<Match> alike : matches.values()) {
            for (Match match : alike) {
                if (left.contains(match.file()) && names.contains(match.path())) {
                    moved.put(match.file(), match.path());
                    left.remove(match.file());
                    names.remove(match.path());
                }
            }
        }
        for (Kept file : List.copyOf(left)) {
            if (!names.isEmpty()) {
                String path = names.iterator().next();
                names.remove(path);
                moved.put(file, path);
                left.remove(file);
            }
        }
        for (Kept file : left) {
            Optional<Role> role = file.role();
            boolean mayMerge = role.isEmpty()
                    || (copies == Copies.MAY_BE_MERGED && !role.equals(Optional.of(Role.ADJUSTMENT_DATA)));
            // Another file at its path is damage, even if its content exists elsewhere.
            if (mayMerge && look(file.path()).isEmpty()) {
                Stream.concat(
                                lost.stream()
                                        .filter(other -> other.role().equals(role))
                                        .flatMap(other -> Optional.ofNullable(moved.get(other)).stream()),
                                shared.stream()
                                        .filter(twin ->
                                                role.isEmpty() || twin.role().equals(role))
                                        .map(Kept::path))
                        .findFirst()
                        .ifPresent(path -> moved.put(file, path));
            }
        }
    }

    /** Returns how many characters two paths share at their ends, ignoring case; equal names count most. */
    private static int likeness(String one, String other) {
        String a = Names.fold(one);
        String b = Names.fold(other);
        int common = 0;
        while (common < Math.min(a.length(), b.length())
                && a.charAt(a.length() - 1 - common) == b.charAt(b.length() - 1 - common)) {
            common++;
        }
        return Names.last(a).equals(Names.last(b)) ? 1000 + common : common;
    }
}
