package dev.shoebox.photos.metadata.tag;

import com.drew.lang.SequentialByteArrayReader;
import com.drew.metadata.iptc.IptcDirectory;
import com.drew.metadata.iptc.IptcReader;
import dev.shoebox.photos.CaptureTime.Origin;
import dev.shoebox.photos.metadata.field.BoundedReader;
import dev.shoebox.photos.metadata.field.DateText;
import dev.shoebox.photos.metadata.field.MetadataBuilder;
import dev.shoebox.photos.metadata.field.MetadataBuilder.Rank;

import java.io.IOException;
import java.util.Optional;

/**
 * Reads IPTC, which scanners and agencies write, alone or among Photoshop's resources. Finds and limits a block;
 * metadata-extractor parses it.
 */
public final class Iptc {
    private static final int RESOURCE = BoundedReader.code("8BIM");
    private static final int IPTC_RESOURCE = 0x0404;
    private static final int EXIF_RESOURCE = 0x0422;
    private static final int XMP_RESOURCE = 0x0424;
    private static final int MOST_RESOURCES = 200;

    /** For each repeated tag, metadata-extractor copies all previous values: the cost is quadratic in this. */
    private static final int LONGEST = 32 << 10;

    private Iptc() {}

    public static void read(BoundedReader reader, long from, long to, MetadataBuilder found) throws IOException {
        long length = Math.min(Math.min(to, reader.size()) - from, LONGEST);
        if (from < 0 || length <= 0) {
            return;
        }
        byte[] block = reader.bytes(from, (int) length);
        var metadata = new com.drew.metadata.Metadata();
        new IptcReader().extract(new SequentialByteArrayReader(block), metadata, length);
        for (IptcDirectory directory : metadata.getDirectoriesOfType(IptcDirectory.class)) {
            DateText.parseIptc(
                            text(directory, IptcDirectory.TAG_DATE_CREATED),
                            text(directory, IptcDirectory.TAG_TIME_CREATED),
                            Origin.IPTC)
                    .ifPresent(time -> found.captured(Rank.IPTC, "IPTC DateCreated", time));
            DateText.parseIptc(
                            text(directory, IptcDirectory.TAG_DIGITAL_DATE_CREATED),
                            text(directory, IptcDirectory.TAG_DIGITAL_TIME_CREATED),
                            Origin.DIGITIZED)
                    .ifPresent(time -> found.captured(Rank.XMP_CREATED, "IPTC DigitalCreationDate", time));
            found.title(text(directory, IptcDirectory.TAG_OBJECT_NAME));
            found.title(text(directory, IptcDirectory.TAG_CAPTION));
            Optional.ofNullable(directory.getKeywords()).ifPresent(words -> words.forEach(found::keyword));
        }
    }

    private static String text(IptcDirectory directory, int tag) {
        String text = directory.getString(tag);
        return text == null ? "" : text;
    }

    /**
     * Photoshop's resources: a signature, a number, a name, a length, and the content, each padded to an even length.
     */
    public static void inPhotoshop(BoundedReader reader, long from, long to, MetadataBuilder found) throws IOException {
        long at = from;
        for (int i = 0; i < MOST_RESOURCES && at <= to - 12 && reader.i32(at) == RESOURCE; i++) {
            int id = reader.u16(at + 4);
            int name = reader.u8(at + 6) + 1;
            long size = at + 6 + name + (name & 1);
            long start = size + 4;
            long end = start + reader.u32(size);
            if (id == IPTC_RESOURCE) {
                read(reader, start, Math.min(end, to), found);
            } else if (id == EXIF_RESOURCE) {
                Tiff.read(reader, start, Math.min(end, to), found);
            } else if (id == XMP_RESOURCE) {
                Xmp.read(reader, start, Math.min(end, to), found);
            }
            at = end + (end - start & 1);
        }
    }
}
