package dev.shoebox.photos.metadata.tag;

import com.drew.imaging.tiff.TiffProcessingException;
import com.drew.imaging.tiff.TiffReader;
import dev.shoebox.photos.metadata.field.BoundedReader;
import dev.shoebox.photos.metadata.field.MetadataBuilder;

import java.io.EOFException;
import java.io.IOException;

/**
 * Reads EXIF out of a TIFF structure: a DNG or TIFF file, or the block inside a JPEG, HEIC, PNG or WebP.
 *
 * <p>metadata-extractor walks the directories; {@link TiffTags} takes a few short values and keeps nothing else, so that no
 * arrangement of offsets makes it circle or hoard.
 */
public final class Tiff {
    private Tiff() {}

    /** Whether a TIFF header is there; RAW formats of some makers differ from it in the second half. */
    public static boolean isAt(BoundedReader reader, long at) throws IOException {
        if (at < 0 || at > reader.size() - 8) {
            return false;
        }
        int head = reader.i32(at);
        return head == 0x4d4d002a
                || head == 0x49492a00
                || head == 0x4949524f
                || head == 0x49495253
                || head == 0x49495500;
    }

    /**
     * What is cut or points outside itself costs only what stands there.
     *
     * @param end where the structure ends at the latest
     */
    public static void read(BoundedReader reader, long start, long end, MetadataBuilder found) throws IOException {
        if (!isAt(reader, start)) {
            return;
        }
        TiffTags tags = new TiffTags(found);
        try {
            new TiffReader().processTiff(new TiffBlock(reader, start, end), tags, 0);
        } catch (EOFException | TiffProcessingException | TiffTags.TooMuchException damaged) {
            // What was found before the damage still stands.
        } finally {
            tags.conclude();
        }
    }
}
