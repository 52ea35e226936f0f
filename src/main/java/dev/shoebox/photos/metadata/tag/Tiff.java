package dev.shoebox.photos.metadata.tag;

import com.drew.imaging.tiff.TiffProcessingException;
import com.drew.imaging.tiff.TiffReader;
import dev.shoebox.photos.metadata.field.BoundedReader;
import dev.shoebox.photos.metadata.field.MetadataBuilder;

import java.io.EOFException;
import java.io.IOException;

/**
 * Reads EXIF from a TIFF structure: a DNG or TIFF file, or the block in a JPEG, HEIC, PNG or WebP.
 *
 * <p>The library metadata-extractor visits the directories; {@link TiffTags} takes a few short values and keeps nothing else, so
 * that no arrangement of offsets causes loops or excessive memory.
 */
public final class Tiff {
    private Tiff() {}

    /** Returns whether a TIFF header is present; in some makers' RAW formats, its second half differs. */
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
     * Reads a structure. Truncated parts and invalid offsets cost only their own facts.
     *
     * @param end the latest end of the structure
     */
    public static void read(BoundedReader reader, long start, long end, MetadataBuilder found) throws IOException {
        if (!isAt(reader, start)) {
            return;
        }
        TiffTags tags = new TiffTags(found);
        try {
            new TiffReader().processTiff(new TiffBlock(reader, start, end), tags, 0);
        } catch (EOFException | TiffProcessingException | TiffTags.TooMuchException damaged) {
            // Facts found before the damage are kept.
        } finally {
            tags.conclude();
        }
    }
}
