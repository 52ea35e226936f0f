package dev.shoebox.folder;

import dev.shoebox.folder.archive.ArchiveName;
import dev.shoebox.folder.archive.ForeignArchives;
import dev.shoebox.photos.sorting.AssetGrouping;
import dev.shoebox.photos.sorting.Clutter;
import dev.shoebox.photos.sorting.FileProbe;
import dev.shoebox.photos.sorting.FileSorter;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.ListingLimits;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource.UnreadableException;
import dev.shoebox.photos.source.PassedOver;
import dev.shoebox.photos.source.Scope;
import dev.shoebox.photos.source.Unreadable;
import dev.shoebox.system.PathKind;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One walk through a folder and everything below it. Every file is taken, unreadable, or passed over. */
final class FolderWalk {
    /** The limit, for each folder, on inspecting files whose names are not those of photos. */
    private static final int MOST_OTHERS = 50_000;

    private static final String UNSEEN = "not named like a photo; not opened, because there are very many such files";

    private final Folder source;
    private final Clutter clutter;
    private final FileSorter sorting;
    private final ListingLimits limits;
    private final ByteBuffer head = ByteBuffer.allocate(64 << 10);
    private final List<String> archives = new ArrayList<>();

    /** The names in the current folder, in lower case. */
    private Set<String> beside = Set.of();

    FolderWalk(Folder source, Scope scope, ListingLimits limits) {
        this.source = source;
        this.limits = limits;
        this.sorting = new FileSorter(limits, source.id().name());
        this.clutter = Clutter.below(source.id().name(), scope);
    }

    /**
     * A folder that is still to be visited.
     *
     * @param path as {@link MediaFile} spells it; empty for the root
     * @param depth the number of folders above it; the root has 0
     */
    private record Pending(Path folder, String path, int depth) {
        Pending inside(Path child, String childPath) {
            return new Pending(child, childPath, depth + 1);
        }

        String path(Path child) {
            return path.isEmpty() ? Folder.name(child) : path + "/" + Folder.name(child);
        }
    }

    Listing list() throws IOException {
        Deque<Pending> pending = new ArrayDeque<>(List.of(new Pending(source.root(), "", 0)));
        while (!pending.isEmpty()) {
            Pending next = pending.pop();
            List<Pending> folders = folder(next);
            if (sorting.count().isOver()) {
                sorting.met();
                sorting.refuse(new Unreadable(
                        next.path().isEmpty() ? source.id().name() : next.path(),
                        Unreadable.Reason.REFUSED,
                        "There are " + sorting.count().complaint() + " in " + source.root()
                                + ": the rest was skipped. Back up its folders one by one."));
                break;
            }
            for (int i = folders.size() - 1; i >= 0; i--) {
                pending.push(folders.get(i));
            }
        }
        return sorting.listing();
    }

    /** Returns the paths of readable archives after the walk. They are neither listed nor counted. */
    List<String> archives() {
        return archives;
    }

    /** @return the subfolders to visit */
    private List<Pending> folder(Pending here) throws IOException {
        List<Pending> folders = new ArrayList<>();
        List<MediaFile> files = new ArrayList<>();
        List<Path> children = children(here);
        List<String> names = children.stream().map(Folder::name).toList();
        if (ForeignArchives.isPhoneBackup(names)) {
            passOver(
                    here.folder(),
                    new PassedOver(here.path(), PassedOver.Kind.PHONE_BACKUP, ForeignArchives.PHONE_BACKUP));
            return folders;
        }
        beside = ForeignArchives.lower(names);
        for (Path child : children) {
            String path = here.path(child);
            try {
                BasicFileAttributes attributes = Folder.attributes(child);
                PathKind kind = PathKind.of(child, attributes);
                if (kind == PathKind.FOLDER) {
                    Optional<PassedOver> made = clutter.folder(path);
                    if (made.isEmpty()) {
                        folders.add(here.inside(child, path));
                    } else {
                        passOver(child, made.get());
                    }
                } else if (kind == PathKind.FILE && isArchive(path)) {
                    archives.add(path);
                } else {
                    sorting.met();
                    file(path, kind, attributes).ifPresent(files::add);
                }
            } catch (IOException failed) {
                refuse(source.explain(path, failed));
            }
        }
        sorting.sort(files, this::look);
        return folders;
    }

    private boolean isArchive(String path) {
        return ArchiveName.isRead(ArchiveName.of(path))
                && clutter.file(path).isEmpty()
                && ForeignArchives.file(ArchiveName.of(path), beside).isEmpty();
    }

    private Optional<MediaFile> file(String path, PathKind kind, BasicFileAttributes attributes) {
        if (kind == PathKind.LINK) {
            sorting.passOver(new PassedOver(
                    path, PassedOver.Kind.LINK, "a link; to back up its target, pass the target to --from"));
            return Optional.empty();
        }
        if (kind != PathKind.FILE) {
            sorting.passOver(new PassedOver(path, PassedOver.Kind.SPECIAL, "a device, pipe or socket"));
            return Optional.empty();
        }
        Optional<PassedOver> made = clutter.file(path).or(() -> ForeignArchives.file(ArchiveName.of(path), beside)
                .map(advice -> new PassedOver(path, PassedOver.Kind.UNREAD_ARCHIVE, advice)));
        made.ifPresent(sorting::passOver);
        return made.isPresent() ? Optional.empty() : Optional.of(Folder.mediaFile(path, attributes));
    }

    /**
     * Returns the entries to inspect. Keeps little memory for entries whose names rule out photos, however many there
     * are.
     */
    private List<Path> children(Pending here) throws IOException {
        List<Path> children = new ArrayList<>();
        if (here.depth() > limits.depth()) {
            refuse(new Unreadable(
                    here.path(),
                    Unreadable.Reason.REFUSED,
                    "It is nested in more than " + limits.depth() + " folders and was skipped. Back it up "
                            + "by itself."));
            return children;
        }
        int others = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(here.folder())) {
            for (Path child : entries) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedIOException("Listing " + source.root() + " was interrupted.");
                }
                String path = here.path(child);
                boolean other =
                        !AssetGrouping.isMediaOrCompanion(path) && !Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS);
                if (other && ++others > MOST_OTHERS) {
                    sorting.met();
                    sorting.passOver(new PassedOver(path, PassedOver.Kind.UNKNOWN, UNSEEN));
                } else if (other || sorting.count().admits(path)) {
                    children.add(child);
                } else {
                    break;
                }
            }
        } catch (InterruptedIOException stopped) {
            throw stopped;
        } catch (IOException | DirectoryIteratorException failed) {
            IOException cause =
                    failed instanceof DirectoryIteratorException wrapped ? wrapped.getCause() : (IOException) failed;
            if (here.path().isEmpty()) {
                throw source.lost(cause);
            }
            refuse(source.explain(here.path(), cause));
        }
        children.sort(null);
        return children;
    }

    private void refuse(Unreadable what) {
        sorting.met();
        sorting.refuse(what);
    }

    /**
     * Counts the contents of a folder that is passed over, without inspecting them. Unreadable contents count as
     * nothing.
     */
    private void passOver(Path folder, PassedOver made) {
        long files = ClutterCount.of(folder);
        sorting.met(files);
        sorting.passOver(new PassedOver(made.path(), made.kind(), made.why(), files));
    }

    private FileProbe look(MediaFile file, int bytes) throws IOException {
        try (SeekableByteChannel channel = source.open(file)) {
            head.clear().limit(Math.min(bytes, head.capacity()));
            while (head.hasRemaining() && channel.read(head) >= 0) {
                // A read may return less than requested.
            }
            return FileProbe.at(head.flip(), file.size());
        } catch (UnreadableException known) {
            throw known;
        } catch (IOException failed) {
            Unreadable why = source.explain(file.path(), failed);
            throw new UnreadableException(why);
        }
    }
}
