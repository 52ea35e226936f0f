package dev.shoebox.destination.opening;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.records.Manifest;
import dev.shoebox.system.PathKind;
import dev.shoebox.system.Storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The folder of a backup as given by the user, which may have to be created. */
final class RootFolder {
    private final Path named;
    private final OpenMode opening;
    private final boolean shared;

    /** @param shared whether every user may read a created folder */
    RootFolder(Path named, OpenMode opening, boolean shared) {
        this.named = named;
        this.opening = opening;
        this.shared = shared;
    }

    /**
     * Returns its real path.
     *
     * @param make whether to create it, if it does not exist and may be created
     */
    Path path(boolean make) throws DestinationException {
        requireNoFileOnTheWay();
        try {
            if (Files.notExists(named)) {
                if (opening == OpenMode.REQUIRE_EXISTING) {
                    throw new DestinationException.Absent(
                            named + " does not exist; plug the drive in, or check the path.");
                }
                if (!make) {
                    return named.toAbsolutePath().normalize();
                }
                make();
            }
            return named.toRealPath();
        } catch (NoSuchFileException e) {
            throw new DestinationException.Lost(
                    named + ": a folder cannot be created there; choose another folder.", e);
        } catch (IOException e) {
            if (e instanceof DestinationException known) {
                throw known;
            }
            throw new DestinationException.Lost(
                    named + " cannot be used as a destination (" + DestinationException.reason(e)
                            + "); choose another folder or correct its permissions.",
                    e);
        }
    }

    /** Rejects a path below a file: versions of Java differ on whether such a path exists. */
    private void requireNoFileOnTheWay() throws DestinationException {
        Path nearest = named.toAbsolutePath();
        while (!Files.exists(nearest) && nearest.getParent() != null) {
            if (PathKind.isLink(nearest)) {
                throw leadsNowhere(nearest);
            }
            nearest = nearest.getParent();
        }
        if (!Files.isDirectory(nearest)) {
            throw new DestinationException.NotAShoebox(nearest + " is not a folder; give a folder for the backup.");
        }
    }

    /**
     * Returns the failure for a dangling link, usually to a drive that is not plugged in; nothing is created in its
     * place.
     */
    private static DestinationException leadsNowhere(Path link) {
        String target;
        try {
            target = Files.readSymbolicLink(link).toString();
        } catch (IOException unreadable) {
            target = "a place";
        }
        return new DestinationException.Absent(
                link + " is a link to " + target + ", which does not exist; plug the drive in, or correct the link.");
    }

    /** Creates the folder and forces it, so that a power cut does not lose it with everything inside. */
    private void make() throws IOException {
        List<Path> made = new ArrayList<>();
        Path nearest = named.toAbsolutePath().normalize();
        while (Files.notExists(nearest) && nearest.getParent() != null) {
            made.add(nearest);
            nearest = nearest.getParent();
        }
        if (named.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Set<PosixFilePermission> mode = PosixFilePermissions.fromString(shared ? "rwxr-xr-x" : "rwx------");
            Files.createDirectories(named, PosixFilePermissions.asFileAttribute(mode));
            if (shared) {
                for (Path folder : made) {
                    // The umask of the session restricted the mode.
                    Files.setPosixFilePermissions(folder, mode);
                }
            }
        } else {
            Files.createDirectories(named);
        }
        for (Path folder : made) {
            try (FileChannel channel = FileChannel.open(folder.getParent(), StandardOpenOption.READ)) {
                channel.force(true);
            } catch (IOException e) {
                // Windows has no such call, and a folder of another user may be inaccessible.
            }
        }
    }

    /** Returns whether other users may read it. */
    boolean isOpenToOthers() throws IOException {
        return !hasModes(named)
                || Files.getPosixFilePermissions(named)
                        .containsAll(Set.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_EXECUTE));
    }

    /** Returns whether other users may read its manifest. On drives without modes they may also execute it. */
    boolean hasOpenManifest() throws IOException {
        Path manifest = named.resolve(Manifest.FILE);
        if (!Files.isRegularFile(manifest, LinkOption.NOFOLLOW_LINKS) || !hasModes(manifest)) {
            return false;
        }
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(manifest, LinkOption.NOFOLLOW_LINKS);
        return mode.contains(PosixFilePermission.OTHERS_READ) && !mode.contains(PosixFilePermission.OTHERS_EXECUTE);
    }

    private static boolean hasModes(Path path) throws IOException {
        Optional<FileStore> store = Storage.of(path);
        return store.isPresent()
                ? store.get().supportsFileAttributeView("posix")
                : path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
