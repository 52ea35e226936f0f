package dev.shoebox.device.afc;

import dev.shoebox.device.afc.Afc.Request;
import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource.UnreadableException;
import dev.shoebox.photos.source.ReadOnlyChannel;
import dev.shoebox.photos.source.Unreadable;
import dev.shoebox.photos.source.Unreadable.Reason;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** A file on the phone, for a few reads at any position. Keeps the last blocks, because metadata readers read twice. */
final class PhoneFile extends ReadOnlyChannel {
    /** The number of bytes read at a time by default. */
    static final int BLOCK = 32 << 10;

    private static final int MOST_BLOCKS = 8;

    private final MediaFile file;
    private final AfcConnection connection;
    private final PhonePhotos photos;
    private final Map<Long, ByteBuffer> blocks = new LinkedHashMap<>(MOST_BLOCKS, 0.75f, true);
    private final int block;
    private final ByteBuffer landing;
    private final long handle;
    private Unreadable failure; // or null
    private long opened;

    /** @param block the number of bytes to read at a time */
    PhoneFile(MediaFile file, AfcConnection connection, PhonePhotos photos, int block) throws IOException {
        super(file.size());
        this.block = block;
        this.landing = ByteBuffer.allocateDirect(block);
        this.file = file;
        this.connection = connection;
        this.photos = photos;
        connection.askPath(Request.FILE_OPEN, file.path(), reply -> {
            opened = reply.value();
            failure = reply.ok() ? null : reply.refused(file.path());
        });
        connection.drain();
        throwFailure();
        this.handle = opened;
    }

    @Override
    protected int read(long from, ByteBuffer into) throws IOException {
        long at = from;
        while (into.hasRemaining() && at < size()) {
            ByteBuffer bytes = block(at / block);
            bytes.position((int) (at % block));
            bytes.limit(bytes.position() + Math.min(bytes.remaining(), into.remaining()));
            at += bytes.remaining();
            into.put(bytes);
        }
        return (int) (at - from);
    }

    private ByteBuffer block(long index) throws IOException {
        ByteBuffer bytes = blocks.get(index);
        if (bytes == null) {
            bytes = fetch(index * block, (int) Math.min(block, size() - index * block));
            blocks.put(index, bytes);
            if (blocks.size() > MOST_BLOCKS) {
                blocks.remove(blocks.keySet().iterator().next());
            }
        }
        return bytes.duplicate();
    }

    private ByteBuffer fetch(long from, int length) throws IOException {
        if (!photos.lend(connection)) {
            throw new DeviceException.Lost("The iPhone was unplugged while " + file.path() + " was open.");
        }
        try {
            return fetched(from, length);
        } finally {
            photos.giveBack();
        }
    }

    private ByteBuffer fetched(long from, int length) throws IOException {
        connection.askSeek(handle, from, reply -> {
            if (!reply.ok()) {
                failure = reply.unreadable(file.path());
            }
        });
        landing.clear().limit(length);
        while (landing.hasRemaining()) {
            int before = landing.position();
            connection.askRead(handle, landing, reply -> {
                if (!reply.ok()) {
                    failure = reply.unreadable(file.path());
                }
                int count = reply.data().remaining();
                landing.limit(length).position(before + count);
            });
            connection.drain();
            throwFailure();
            if (landing.position() == before) {
                failure = new Unreadable(
                        file.path(),
                        Reason.WRONG_SIZE,
                        "The file is shorter on the iPhone than listed: it may have changed.");
                throwFailure();
            }
        }
        return ByteBuffer.allocate(length).put(landing.flip()).flip();
    }

    private void throwFailure() throws UnreadableException {
        if (failure != null) {
            throw new UnreadableException(failure);
        }
    }

    @Override
    public void close() throws IOException {
        if (isOpen() && photos.lend(connection)) {
            try {
                // The response is received with the next one: closing costs no round trip.
                connection.askHandle(Request.CLOSE, handle, reply -> {});
                connection.flush();
            } finally {
                photos.giveBack();
            }
        }
        super.close();
    }
}
