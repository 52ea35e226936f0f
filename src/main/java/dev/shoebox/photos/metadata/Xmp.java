package dev.shoebox.photos.metadata;

import dev.shoebox.photos.CaptureTime.Origin;
import dev.shoebox.photos.metadata.MetadataBuilder.Rank;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Reads a few simple properties out of an XMP packet by their customary prefixes. Not an XML parser, on purpose: there
 * are no entities to expand and nothing to nest.
 */
final class Xmp {
    private static final List<String> TIMES =
            List.of("exif:DateTimeOriginal", "photoshop:DateCreated", "xmp:CreateDate", "xap:CreateDate");
    private static final int LONGEST_PACKET = 256 << 10;
    private static final int LONGEST_VALUE = 128;

    private Xmp() {}

    static void read(BoundedReader reader, long from, long to, MetadataBuilder found) throws IOException {
        long length = Math.min(Math.min(to, reader.size()) - from, LONGEST_PACKET);
        if (from < 0 || length <= 0) {
            return;
        }
        String packet = new String(reader.bytes(from, (int) length), StandardCharsets.UTF_8);
        for (String name : TIMES) {
            value(packet, name)
                    .flatMap(text -> DateText.parse(text, Origin.XMP))
                    .ifPresent(time -> found.captured(Rank.XMP, Optional.of(time)));
        }
        value(packet, "tiff:Make").ifPresent(found::make);
        value(packet, "tiff:Model").ifPresent(found::model);
    }

    /** As an attribute, {@code name="value"}, or as an element, {@code <name>value</name>}. */
    private static Optional<String> value(String packet, String name) {
        for (int at = packet.indexOf(name); at >= 0; at = packet.indexOf(name, at + name.length())) {
            int after = at + name.length();
            while (after < packet.length() && Character.isWhitespace(packet.charAt(after))) {
                after++;
            }
            char quote = '<';
            if (packet.startsWith("=\"", after) || packet.startsWith("='", after)) {
                quote = packet.charAt(++after);
            } else if (!packet.startsWith(">", after) || !packet.startsWith("<", at - 1)) {
                continue;
            }
            int end = packet.indexOf(quote, after + 1);
            if (end > 0 && end - after <= LONGEST_VALUE) {
                return Optional.of(packet.substring(after + 1, end).strip());
            }
        }
        return Optional.empty();
    }
}
