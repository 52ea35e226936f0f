package dev.shoebox.destination;

import dev.shoebox.destination.disk.PathDisk;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Optional;

/** A disk on which every path is the same small file. */
public final class OneFileDisk extends DelegatingDisk {
    private final byte[] bytes;

    public OneFileDisk(byte[] bytes) {
        super(new PathDisk(Path.of("nowhere")));
        this.bytes = bytes;
    }

    @Override
    public Optional<Entry> look(String path) {
        return Optional.of(new Entry(Entry.Kind.FILE, bytes.length));
    }

    @Override
    public SeekableByteChannel read(String path) {
        return new SeekableInMemoryByteChannel(bytes);
    }
}
