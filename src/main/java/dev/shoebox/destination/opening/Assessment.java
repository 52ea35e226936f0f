package dev.shoebox.destination.opening;

import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.naming.FileNames;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.destination.records.Kept;
import dev.shoebox.photos.format.Plausibility;
import dev.shoebox.photos.metadata.PlausibilityCheck;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks the content of files that were stored unchecked, because an earlier version stored them, or because the
 * catalogue was rebuilt from the manifest alone. Records the results if possible, so it is done once.
 */
public final class Assessment {
    private static final int PAGE = 1000;

    private final DestinationOpener.Opened opened;
    private final long began = System.nanoTime();
    private final Duration longest;

    /** @param longest the time after which no further file is checked */
    public Assessment(DestinationOpener.Opened opened, Duration longest) {
        this.opened = opened;
        this.longest = longest;
    }

    public Contents contents() throws IOException {
        Catalogue catalogue = opened.catalogue();
        Map<String, Plausibility> implausible = catalogue.marks().implausible();
        Set<String> left = new HashSet<>();
        boolean complete = true;
        long after = 0;
        for (List<Kept> page = catalogue.marks().unassessed(after, PAGE);
                !page.isEmpty();
                page = catalogue.marks().unassessed(after, PAGE)) {
            Map<Plausibility, List<String>> found = new EnumMap<>(Plausibility.class);
            for (Kept file : page) {
                after = file.id();
                boolean isTimeUp = System.nanoTime() - began >= longest.toNanos();
                complete &= !isTimeUp;
                if (isTimeUp || !look(file, found)) {
                    left.add(file.path());
                }
            }
            for (Map.Entry<Plausibility, List<String>> each : found.entrySet()) {
                if (each.getKey() != Plausibility.PLAUSIBLE) {
                    each.getValue().forEach(path -> implausible.put(path, each.getKey()));
                }
                note(each.getKey(), each.getValue());
            }
        }
        return new Contents(implausible, left, complete);
    }

    private void note(Plausibility plausibility, List<String> paths) throws IOException {
        if (opened.writing().isPresent()) {
            Recovery.note(
                    new Journal.Assessed(plausibility, paths), opened.writing().get(), opened.catalogue());
        }
    }

    /** @return whether it could be checked: a missing or unreadable file shows nothing about what was stored */
    private boolean look(Kept file, Map<Plausibility, List<String>> found) {
        try {
            if (opened.disk()
                    .look(file.path())
                    .filter(entry -> entry.isFile() && (file.size() < 0 || entry.size() == file.size()))
                    .isEmpty()) {
                return false;
            }
            // Files other than photos need no content check.
            Plausibility looks = FileNames.isFile(file) ? Plausibility.PLAUSIBLE : of(opened.disk(), file.path());
            found.computeIfAbsent(looks, word -> new ArrayList<>()).add(file.path());
            return true;
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** Returns the result of the content check of a file. */
    public static Plausibility of(Disk disk, String path) throws IOException {
        try (SeekableByteChannel bytes = disk.read(path)) {
            return PlausibilityCheck.of(bytes, path);
        }
    }
}
