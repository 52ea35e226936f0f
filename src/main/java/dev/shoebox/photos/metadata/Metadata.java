package dev.shoebox.photos.metadata;

import dev.shoebox.photos.metadata.container.Asf;
import dev.shoebox.photos.metadata.container.Avi;
import dev.shoebox.photos.metadata.container.IsoMedia;
import dev.shoebox.photos.metadata.container.Matroska;
import dev.shoebox.photos.metadata.container.Png;
import dev.shoebox.photos.metadata.container.StillFormats;
import dev.shoebox.photos.metadata.container.TransportStream;
import dev.shoebox.photos.metadata.field.BoundedReader;
import dev.shoebox.photos.metadata.field.MediaFacts;
import dev.shoebox.photos.metadata.field.MetadataBuilder;
import dev.shoebox.photos.metadata.field.MetadataBuilder.Depth;
import dev.shoebox.photos.metadata.tag.Tiff;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;

/**
 * Reads what a photo or video says of itself, from hostile bytes too, within fixed bounds of time and memory.
 *
 * <p>The format is told by content, never by name. A typical photo or film on a phone costs one to four reads of
 * 8 KiB; no file costs more than 4 MiB read and a few MiB held. Those bounds hold by construction: nothing is allocated by a
 * size that the file claims, and what metadata-extractor reads comes through readers that have a budget. Any number of threads
 * may read different files at once.
 */
public final class Metadata {
    private Metadata() {}

    /**
     * The date, the camera and what ties a Live Photo together. Never throws for what the bytes are: what makes no sense is
     * absent. Reads only the parts that hold facts.
     *
     * @throws IOException if the bytes cannot be read, as the channel says it
     */
    public static MediaFacts read(SeekableByteChannel bytes) throws IOException {
        return read(bytes, Depth.DATE);
    }

    /** Everything that is known how to read; otherwise like {@link #read}. */
    public static MediaFacts readAll(SeekableByteChannel bytes) throws IOException {
        return read(bytes, Depth.EVERYTHING);
    }

    private static MediaFacts read(SeekableByteChannel bytes, Depth depth) throws IOException {
        MetadataBuilder found = new MetadataBuilder(depth);
        try {
            parse(bytes, found);
        } catch (EOFException | RuntimeException damaged) {
            // What was found before the damage still stands. A photo must not be lost for its date.
        }
        return found.facts();
    }

    /** @throws IOException where the channel fails, an {@link EOFException} where the bytes make no sense; no other exception */
    static void parse(SeekableByteChannel bytes, MetadataBuilder found) throws IOException {
        BoundedReader reader = new BoundedReader(bytes);
        int head = reader.i32(0);
        if (head >>> 16 == 0xffd8) {
            StillFormats.jpeg(reader, 0, found);
        } else if (head == 0x89504e47) {
            Png.read(reader, found);
        } else if (head == BoundedReader.code("RIFF")) {
            riff(reader, found);
        } else if (Tiff.isAt(reader, 0)) {
            Tiff.read(reader, 0, reader.size(), found);
        } else if (reader.startsWith(0, "FUJIFILMCCD-RAW")) {
            StillFormats.raf(reader, found);
        } else if (head == BoundedReader.code("8BPS")) {
            StillFormats.psd(reader, found);
        } else if (head == Matroska.MAGIC) {
            Matroska.read(reader, found);
        } else if (head == Asf.MAGIC) {
            Asf.read(reader, found);
        } else if (IsoMedia.isAt(reader)) {
            IsoMedia.read(reader, found);
        } else {
            int packet = TransportStream.packetSize(reader);
            if (packet > 0) {
                TransportStream.read(reader, packet, found);
            }
        }
    }

    private static void riff(BoundedReader reader, MetadataBuilder found) throws IOException {
        int form = reader.i32(8);
        if (form == BoundedReader.code("WEBP")) {
            StillFormats.webp(reader, found);
        } else if (form == BoundedReader.code("AVI ") || form == BoundedReader.code("WAVE")) {
            Avi.read(reader, found);
        }
    }
}
