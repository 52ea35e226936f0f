package dev.shoebox.destination.thumbs;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.records.StoredFile;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Appends thumbnails to those of the backup. Changes nothing that exists: after a torn tail, or if the last pack has a
 * second name in a snapshot, it starts a new pack. Used by the run that holds the lock, on one thread.
 */
public final class ThumbnailWriter implements Closeable {
    /** The maximum number of packs: with {@link ThumbnailPack#LARGEST_PACK} that makes 4 GiB. */
    static final int MOST_PACKS = 64;

    /** The free space left for photos, in bytes. */
    private static final long SPARE = 256 << 20;

    private static final byte[] NONE = new byte[0];

    private final Disk disk;
    private ThumbnailPack pack;
    private int end;
    private boolean goesOn;
    private Disk.Out out; // or null
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();

    /** @param kept the existing thumbnails */
    public ThumbnailWriter(Disk disk, KeptThumbnails kept) throws IOException {
        this.disk = disk;
        this.goesOn = false;
        this.pack = new ThumbnailPack(0);
        if (kept.last().isPresent()) {
            KeptThumbnails.Last last = kept.last().get();
            this.pack = last.pack();
            this.goesOn = last.contents().isWhole() && !hasOtherNames(last.pack());
            if (goesOn) {
                this.end = last.contents().end();
                last.contents().entries().stream()
                        .skip(indexed(last))
                        .forEach(entry -> lines.writeBytes(ThumbnailPack.line(entry)));
            }
        }
    }

    /** Returns the number of entries in its index; an index with anything else is written again. */
    private int indexed(KeptThumbnails.Last last) throws IOException {
        Optional<Disk.Entry> index = disk.look(last.pack().index()).filter(Disk.Entry::isFile);
        int count = last.contents().indexed();
        if (index.isPresent() && index.get().size() != (long) count * ThumbnailPack.LINE) {
            disk.delete(last.pack().index());
            return 0;
        }
        return count;
    }

    private boolean hasOtherNames(ThumbnailPack there) throws IOException {
        return disk.hasOtherNames(there.path()) || (disk.hasFile(there.index()) && disk.hasOtherNames(there.index()));
    }

    /** Returns whether there is room for more. */
    public boolean hasRoom() throws IOException {
        boolean fits = goesOn && end + ThumbnailPack.HEADER + ThumbnailPack.LARGEST <= ThumbnailPack.LARGEST_PACK;
        return (fits || pack.number() < MOST_PACKS) && disk.freeBytes() > SPARE;
    }

    /**
     * Stores the thumbnail of a file; one that is too large counts as absent.
     *
     * @throws IOException if the disk is full or fails
     */
    public void keep(StoredFile stored, byte[] picture) throws IOException {
        byte[] kept = picture.length > ThumbnailPack.LARGEST ? NONE : picture;
        ThumbnailKey key = ThumbnailKey.of(stored);
        byte[] record = ThumbnailPack.record(key, kept);
        Disk.Out to = room(record.length);
        to.write(ByteBuffer.wrap(record));
        ThumbnailPack.Entry entry = new ThumbnailPack.Entry(key, end, kept.length);
        lines.writeBytes(ThumbnailPack.line(entry));
        end = entry.end();
    }

    /** Records that a source has no thumbnail of a file, so that it is not asked again. */
    public void keepNone(StoredFile stored) throws IOException {
        keep(stored, NONE);
    }

    private Disk.Out room(int bytes) throws IOException {
        if (out != null && end + bytes > ThumbnailPack.LARGEST_PACK) {
            finish();
        }
        if (out == null) {
            out = begin(bytes);
        }
        return out;
    }

    private Disk.Out begin(int bytes) throws IOException {
        Optional<Disk.Entry> folder = disk.look(ThumbnailPack.FOLDER);
        if (folder.isEmpty()) {
            disk.makeFolder(ThumbnailPack.FOLDER);
        } else if (folder.get().kind() != Disk.Entry.Kind.FOLDER) {
            throw DestinationException.inTheWay(ThumbnailPack.FOLDER, "folder");
        }
        if (goesOn && end + bytes <= ThumbnailPack.LARGEST_PACK) {
            return disk.append(pack.path());
        }
        pack = new ThumbnailPack(pack.number() + 1);
        end = 0;
        goesOn = true;
        lines.reset();
        return disk.create(pack.path());
    }

    /** Forces the pack written last: first the pictures, then the index. */
    private void finish() throws IOException {
        if (out == null) {
            return;
        }
        try (Disk.Out pictures = out) {
            pictures.force();
        }
        out = null;
        boolean isOrdinary = disk.look(pack.index()).isEmpty() || disk.hasFile(pack.index());
        if (lines.size() > 0 && isOrdinary) {
            try (Disk.Out index = disk.append(pack.index())) {
                index.write(ByteBuffer.wrap(lines.toByteArray()));
            }
        }
        lines.reset();
    }

    /** @throws IOException if the disk fails; data written before remains */
    @Override
    public void close() throws IOException {
        finish();
    }
}
