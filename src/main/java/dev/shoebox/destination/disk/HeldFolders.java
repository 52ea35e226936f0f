package dev.shoebox.destination.disk;

import dev.shoebox.system.FolderHandle;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Handles of the folders in use, each opened from its parent and never through a link. A call through a handle acts in
 * the folder that was checked, whatever has its path by then. Thread-safe.
 */
final class HeldFolders implements Closeable {
    /** After this time a folder is looked up again: it may have been moved. */
    private static final long TRUSTED_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final int MOST = 64;

    /** Whether folder handles work on this file system, by the first attempt. */
    private enum Handles {
        UNTRIED,
        WORK,
        FAIL
    }

    private final Path root;
    private final RealFolders real;
    private final Map<String, Held> held = new LinkedHashMap<>(16, 0.75f, true);
    private Handles handles = Handles.UNTRIED;

    HeldFolders(Path root) {
        this.root = root;
        this.real = new RealFolders(root);
    }

    /** An action on a path. */
    interface Action<T> {
        T take(Path path) throws IOException;
    }

    /**
     * Runs an action on a path through the handle of its folder, so that it acts in this folder even if a link replaced
     * it. If the system has no such handles, the path was free of links a moment ago.
     */
    <T> T at(String relative, Action<T> action) throws IOException {
        Optional<Held> folder = relative.isEmpty() ? Optional.empty() : hold(Names.folder(relative));
        if (folder.isEmpty()) {
            return action.take(resolve(relative));
        }
        try (Held open = folder.get()) {
            return action.take(RealFolders.child(open.path(), Names.last(relative)));
        } catch (FileSystemException e) {
            throw named(e, root.resolve(relative));
        }
    }

    /** Resolves a relative path: the result is inside the root, and no component is a symbolic link. */
    Path resolve(String relative) throws IOException {
        return relative.isEmpty() ? root : RealFolders.child(real.path(Names.folder(relative)), Names.last(relative));
    }

    /** A folder that stays open while it is used. */
    final class Held implements Closeable {
        private final FolderHandle handle;
        private final long nanos = System.nanoTime();
        private int users;
        private boolean retired;

        private Held(FolderHandle handle) {
            this.handle = handle;
        }

        Path path() {
            return handle.path();
        }

        @Override
        public void close() {
            synchronized (HeldFolders.this) {
                users--;
                closeIfDone();
            }
        }

        private void retire() {
            retired = true;
            closeIfDone();
        }

        private void closeIfDone() {
            if (retired && users == 0) {
                handle.close();
            }
        }
    }

    /**
     * @param folder relative to the root
     * @return empty if the system has no such handles
     * @throws SymbolicLinkException if a component is a link
     */
    synchronized Optional<Held> hold(String folder) throws IOException {
        if (handles == Handles.FAIL) {
            return Optional.empty();
        }
        Held known = held.get(folder);
        if (known == null || System.nanoTime() - known.nanos >= TRUSTED_NANOS) {
            Optional<FolderHandle> opened = open(folder);
            boolean work = opened.isPresent()
                    && (handles == Handles.WORK || opened.get().isUsable());
            handles = work ? Handles.WORK : Handles.FAIL;
            if (!work) {
                opened.ifPresent(FolderHandle::close);
                return Optional.empty();
            }
            if (known != null) {
                known.retire();
            }
            known = new Held(opened.orElseThrow());
            held.put(folder, known);
            if (held.size() > MOST) {
                var eldest = held.entrySet().iterator();
                Held least = eldest.next().getValue();
                eldest.remove();
                least.retire();
            }
        }
        known.users++;
        return Optional.of(known);
    }

    /** Drops the handle of a folder; a folder created later with its name is another one. */
    synchronized void forget(String folder) {
        String within = folder + "/";
        held.entrySet().removeIf(each -> {
            boolean gone = each.getKey().equals(folder) || each.getKey().startsWith(within);
            if (gone) {
                each.getValue().retire();
            }
            return gone;
        });
    }

    private Optional<FolderHandle> open(String folder) throws IOException {
        if (folder.isEmpty()) {
            return FolderHandle.open(root);
        }
        String parent = Names.folder(folder);
        Optional<Held> above = hold(parent);
        if (above.isEmpty()) {
            return Optional.empty();
        }
        try (Held from = above.get()) {
            return FolderHandle.open(RealFolders.child(from.path(), Names.last(folder)));
        } catch (FileSystemException e) {
            Path real = root.resolve(folder);
            throw FolderHandle.LINK.equals(e.getReason()) ? new SymbolicLinkException(real) : e;
        }
    }

    /** Returns the same failure with the path that the user knows. */
    static IOException named(FileSystemException e, Path path) {
        if (e instanceof SymbolicLinkException || e.getFile() == null || !FolderHandle.leadsThrough(e.getFile())) {
            return e;
        }
        String file = path.toString();
        FileSystemException named;
        if (e instanceof NoSuchFileException) {
            named = new NoSuchFileException(file);
        } else if (e instanceof FileAlreadyExistsException) {
            named = new FileAlreadyExistsException(file);
        } else if (e instanceof AccessDeniedException) {
            named = new AccessDeniedException(file);
        } else if (e instanceof NotDirectoryException) {
            named = new NotDirectoryException(file);
        } else if (e instanceof DirectoryNotEmptyException) {
            named = new DirectoryNotEmptyException(file);
        } else {
            named = new FileSystemException(file, null, e.getReason());
        }
        named.initCause(e);
        return named;
    }

    @Override
    public synchronized void close() {
        held.values().forEach(Held::retire);
        held.clear();
    }
}
