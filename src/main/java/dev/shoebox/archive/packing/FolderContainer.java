package dev.shoebox.archive.packing;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.Names;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A folder of ordinary files. */
final class FolderContainer implements Container {
    private final byte[] chunk = new byte[CHUNK];
    private final Disk disk;
    private final FolderSync folderSync;
    private final String root;

    /** The folders created below the root, each with a leading slash, the root empty; in order of creation. */
    private final Set<String> folders = new LinkedHashSet<>();

    private final List<String> files = new ArrayList<>();
    private long size;

    FolderContainer(Disk disk, FolderSync folderSync, String root) throws IOException {
        this.disk = disk;
        this.folderSync = folderSync;
        this.root = root;
        disk.makeFolder(root);
        folders.add("");
    }

    @Override
    public void add(Member entry, long crc32, InputStream content) throws IOException {
        String below = "/" + entry.path();
        makeFolder(Names.folder(below));
        String path = root + below;
        try (Disk.Out out = disk.create(path)) {
            files.add(below);
            for (int count = content.read(chunk); count >= 0; count = content.read(chunk)) {
                out.write(ByteBuffer.wrap(chunk, 0, count));
            }
            stamp(path, entry.modified());
            out.force();
        }
        size += entry.size();
    }

    /** Some disks cannot store some dates, or any. */
    private void stamp(String path, Instant modified) throws DestinationException {
        try {
            disk.stamp(path, modified);
        } catch (DestinationException failed) {
            throw failed;
        } catch (IOException e) {
            // The bytes are what counts. If the disk itself fails, the following force reports it.
        }
    }

    private void makeFolder(String folder) throws IOException {
        if (!folders.contains(folder)) {
            makeFolder(Names.folder(folder));
            try {
                disk.makeFolder(root + folder);
                folders.add(folder);
            } catch (FileAlreadyExistsException there) {
                // On many disks this is a folder that was created for a name that differs in case only.
                String folded = Names.fold(folder);
                if (folders.stream().noneMatch(made -> Names.fold(made).equals(folded))) {
                    throw there;
                }
            }
        }
    }

    @Override
    public void finish() throws IOException {
        for (String folder : deepestFirst()) {
            folderSync.force(root + folder);
        }
    }

    private Deque<String> deepestFirst() {
        Deque<String> order = new ArrayDeque<>();
        folders.forEach(order::push);
        return order;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void close() {
        // Nothing is open between two files.
    }

    @Override
    public void remove(String path) throws IOException {
        for (String file : files) {
            disk.delete(path + file);
        }
        for (String folder : deepestFirst()) {
            disk.delete(path + folder);
        }
    }
}
