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
 * Reads the metadata of a photo or video, even from hostile bytes, within fixed limits on time and memory.
 *
 * <p>The format is determined by content, never by name. A typical photo or film on a phone costs one to four reads of
 * 8 KiB; no file costs more than 4 MiB read and a few MiB of memory. These limits hold by construction: no allocation
 * depends on a size in the file, and metadata-extractor reads through readers that have a budget. Thread-safe for
 * different files.
 */
public final class Metadata {
    private Metadata() {}

    /**
     * Reads the date, the camera, and the identifier of a Live Photo. Never throws because of the content: values that
     * make no sense are absent. Reads only the parts with metadata.
     *
     * @throws IOException if reading fails, as thrown by the channel
     */
    public static MediaFacts read(SeekableByteChannel bytes) throws IOException {
        return read(bytes, Depth.DATE);
    }

    /** Reads everything that is supported; otherwise like {@link #read}. */
    public static MediaFacts readAll(SeekableByteChannel bytes) throws IOException {
        return read(bytes, Depth.EVERYTHING);
    }

    private static MediaFacts read(SeekableByteChannel bytes, Depth depth) throws IOException {
        MetadataBuilder found = new MetadataBuilder(depth);
        try {
            parse(bytes, found);
        } catch (EOFException | RuntimeException damaged) {
            // Facts found before the damage are kept. A photo must not be lost because of its date.
        }
        return found.facts();
    }

    /**
     * @throws IOException if the channel fails; an {@link EOFException} if the content makes no sense; no other
     * exception
     */
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
