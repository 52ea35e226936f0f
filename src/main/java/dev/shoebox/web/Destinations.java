package dev.shoebox.web;

import dev.shoebox.destination.DestinationFolder;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.web.saving.PageWork;
import dev.shoebox.web.server.Refusal;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The places that the page may choose by number. The page never sends a path. */
final class Destinations {
    /**
     * Names that every file system accepts and that cannot mislead: no separators, hidden characters or bidirectional
     * controls.
     */
    private static final Pattern NAME =
            Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N} ._'()&+,-]{0,58}[\\p{L}\\p{M}\\p{N}_)]|[\\p{L}\\p{N}]");

    /** Names that Windows reserves for devices, with any extension. */
    private static final Pattern RESERVED = Pattern.compile("(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])([.].*)?");

    private final PageWork work;
    private List<Target> offered = List.of();

    Destinations(PageWork work) {
        this.work = work;
    }

    /** Returns the places on offer now. */
    synchronized List<Target> offer() {
        List<Target> targets = new ArrayList<>();
        for (PageWork.Place place : work.places()) {
            boolean known = targets.stream().anyMatch(each -> each.folder().equals(place.folder()));
            if (!known) {
                targets.add(target(targets.size(), place));
            }
        }
        offered = List.copyOf(targets);
        return offered;
    }

    /** Returns the target for the folder given on the command line. */
    Target of(Path folder) {
        Path name = folder.getFileName();
        return target(-1, new PageWork.Place(name == null ? folder.toString() : name.toString(), folder, false));
    }

    /**
     * Resolves the place that the page chose.
     *
     * @throws Refusal if the place was not offered, or cannot be used
     */
    synchronized Target choose(int id) throws Refusal {
        return usable(offered(id));
    }

    private Target offered(int id) throws Refusal {
        return offered.stream()
                .filter(each -> each.id() == id)
                .findFirst()
                .orElseThrow(() -> Refusal.said(404, "refused.not.offered"));
    }

    /**
     * Resolves a new folder in the place that the page chose.
     *
     * @param folder its name
     * @throws Refusal if the place was not offered, or the folder cannot be used
     */
    synchronized Target chooseNew(int id, String folder) throws Refusal {
        Target target = offered(id);
        String name = folder.strip();
        if (!target.newFolders()
                || !NAME.matcher(name).matches()
                || RESERVED.matcher(name).matches()) {
            throw Refusal.said(400, "refused.name");
        }
        try {
            return usable(of(target.folder().resolve(name)));
        } catch (InvalidPathException none) {
            throw Refusal.said(400, "refused.name");
        }
    }

    private static Target usable(Target target) throws Refusal {
        if (!target.isUsable()) {
            throw Refusal.said(400, "refused.taken");
        }
        return target;
    }

    private static Target target(int id, PageWork.Place place) {
        Path folder = place.folder();
        boolean isBackup = DestinationFolder.identity(folder).isPresent();
        return new Target(
                id,
                place.name(),
                folder,
                space(folder),
                isBackup,
                isBackup || (!place.newFolders() && isSuitable(folder)),
                place.newFolders());
    }

    private static boolean isSuitable(Path folder) {
        try {
            DestinationFolder.requireSuitable(folder, OpenMode.CREATE_IF_EMPTY);
            return true;
        } catch (DestinationException other) {
            return false;
        }
    }

    /** Measures the space for the folder, or for its nearest existing ancestor. */
    static Target.Space space(Path folder) {
        try {
            Path there = folder.toAbsolutePath();
            while (there.getParent() != null && !Files.exists(there)) {
                there = there.getParent();
            }
            FileStore store = Files.getFileStore(there);
            return new Target.Space(store.getUsableSpace(), Optional.of(store.type()));
        } catch (IOException unknown) {
            return new Target.Space(0, Optional.empty());
        }
    }
}
