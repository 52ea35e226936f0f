package dev.shoebox.archive.packing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A file that contains others, each after a header of its own. */
abstract class ArchiveContainer implements Container {
    private final PartFile file;
    private final byte[] chunk = new byte[CHUNK];

    ArchiveContainer(PartFile file) {
        this.file = file;
    }

    final void copy(InputStream content, OutputStream entry) throws IOException {
        for (int count = content.read(chunk); count >= 0; count = content.read(chunk)) {
            entry.write(chunk, 0, count);
        }
    }

    @Override
    public final long size() {
        return file.size();
    }

    @Override
    public final String sha256() {
        return file.sha256();
    }

    @Override
    public final void remove(String path) throws IOException {
        file.remove(path);
    }

    @Override
    public void close() throws IOException {
        file.abandon();
    }
}
