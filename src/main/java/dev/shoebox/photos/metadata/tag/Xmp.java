package dev.shoebox.photos.metadata.tag;

import dev.shoebox.photos.CaptureTime.Origin;
import dev.shoebox.photos.metadata.field.BoundedReader;
import dev.shoebox.photos.metadata.field.DateText;
import dev.shoebox.photos.metadata.field.MetadataBuilder;
import dev.shoebox.photos.metadata.field.MetadataBuilder.Rank;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads a few simple properties from an XMP packet, under the prefixes that it binds to their namespaces or the
 * customary ones. Deliberately not an XML parser: there are no entities to expand and no nesting.
 */
public final class Xmp {
    private static final int LONGEST_PACKET = 256 << 10;
    private static final int LONGEST_VALUE = 128;
    private static final int MOST_PREFIXES = 8;
    private static final int MOST_KEYWORDS = 100;
    private static final Pattern BINDING = Pattern.compile("xmlns:([\\w.-]{1,32})\\s*=\\s*([\"'])([^\"'<]{1,128})\\2");

    /** A namespace and the prefixes that are recognised without being bound. */
    private enum Namespace {
        EXIF("http://ns.adobe.com/exif/1.0/", "exif", ""),
        PHOTOSHOP("http://ns.adobe.com/photoshop/1.0/", "photoshop", ""),
        XMP("http://ns.adobe.com/xap/1.0/", "xmp", "xap"),
        TIFF("http://ns.adobe.com/tiff/1.0/", "tiff", ""),
        DUBLIN_CORE("http://purl.org/dc/elements/1.1/", "dc", ""),
        AUX("http://ns.adobe.com/exif/1.0/aux/", "aux", "");

        private final String uri;
        private final String customary;
        private final String older;

        Namespace(String uri, String customary, String older) {
            this.uri = uri;
            this.customary = customary;
            this.older = older;
        }
    }

    private final String packet;
    private final MetadataBuilder found;
    private final Map<Namespace, List<String>> prefixes = new EnumMap<>(Namespace.class);

    private Xmp(String packet, MetadataBuilder found) {
        this.packet = packet;
        this.found = found;
    }

    public static void read(BoundedReader reader, long from, long to, MetadataBuilder found) throws IOException {
        long length = Math.min(Math.min(to, reader.size()) - from, LONGEST_PACKET);
        if (from >= 0 && length > 0 && found.mayReadPacket()) {
            read(reader.bytes(from, (int) length), found);
        }
    }

    public static void read(byte[] packet, MetadataBuilder found) {
        new Xmp(new String(packet, StandardCharsets.UTF_8), found).read();
    }

    private void read() {
        time(Rank.XMP_ORIGINAL, Namespace.EXIF, "DateTimeOriginal", Origin.XMP);
        time(Rank.XMP_ORIGINAL, Namespace.PHOTOSHOP, "DateCreated", Origin.XMP);
        time(Rank.XMP_CREATED, Namespace.XMP, "CreateDate", Origin.DIGITIZED);
        time(Rank.XMP_CREATED, Namespace.EXIF, "DateTimeDigitized", Origin.DIGITIZED);
        time(Rank.CHANGED, Namespace.XMP, "ModifyDate", Origin.EXIF_CHANGED);
        time(Rank.CHANGED, Namespace.TIFF, "DateTime", Origin.EXIF_CHANGED);
        items(Namespace.DUBLIN_CORE, "date", 1).forEach(text -> DateText.parse(text, Origin.EXIF_CHANGED)
                .ifPresent(time -> found.captured(Rank.CHANGED, "XMP dc:date", time)));
        value(Namespace.TIFF, "Make").ifPresent(found::make);
        value(Namespace.TIFF, "Model").ifPresent(found::model);
        value(Namespace.AUX, "Lens").ifPresent(found::lens);
        items(Namespace.DUBLIN_CORE, "title", 1).forEach(found::title);
        items(Namespace.DUBLIN_CORE, "description", 1).forEach(found::title);
        items(Namespace.DUBLIN_CORE, "subject", MOST_KEYWORDS).forEach(found::keyword);
    }

    private void time(Rank rank, Namespace namespace, String name, Origin origin) {
        String field = "XMP " + namespace.customary + ":" + name;
        value(namespace, name).ifPresent(text -> {
            if (DateText.isWithoutDay(text)) {
                DateText.parse(text, origin).ifPresent(time -> found.spelled(rank, field, time));
            } else {
                DateText.parse(text, origin).ifPresent(time -> found.captured(rank, field, time));
            }
        });
    }

    private List<String> prefixes(Namespace namespace) {
        return prefixes.computeIfAbsent(namespace, this::findPrefixes);
    }

    private List<String> findPrefixes(Namespace namespace) {
        List<String> prefixes = new ArrayList<>();
        Matcher binding = BINDING.matcher(packet);
        while (binding.find() && prefixes.size() < MOST_PREFIXES) {
            if (binding.group(3).equals(namespace.uri) && !prefixes.contains(binding.group(1))) {
                prefixes.add(binding.group(1));
            }
        }
        Stream.of(namespace.customary, namespace.older)
                .filter(prefix -> !prefix.isEmpty() && !prefixes.contains(prefix))
                .forEach(prefixes::add);
        return prefixes;
    }

    private Optional<String> value(Namespace namespace, String name) {
        if (!packet.contains(name)) {
            return Optional.empty();
        }
        for (String prefix : prefixes(namespace)) {
            Optional<String> value = value(prefix + ":" + name);
            if (value.isPresent()) {
                return value;
            }
        }
        return Optional.empty();
    }

    /** Matches an attribute, {@code name="value"}, or an element, {@code <name>value</name>}. */
    private Optional<String> value(String name) {
        for (int at = packet.indexOf(name); at >= 0; at = packet.indexOf(name, at + name.length())) {
            int after = at + name.length();
            if (at > 0 && (Character.isLetterOrDigit(packet.charAt(at - 1)) || packet.charAt(at - 1) == '-')) {
                continue;
            }
            after = pastSpace(after);
            char quote = '<';
            if (packet.startsWith("=", after)) {
                after = pastSpace(after + 1);
                if (!packet.startsWith("\"", after) && !packet.startsWith("'", after)) {
                    continue;
                }
                quote = packet.charAt(after);
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

    private int pastSpace(int at) {
        int after = at;
        while (after < packet.length() && Character.isWhitespace(packet.charAt(after))) {
            after++;
        }
        return after;
    }

    /** Returns the items of a list property: {@code <dc:subject><rdf:Bag><rdf:li>word</rdf:li>…}. */
    private List<String> items(Namespace namespace, String name, int most) {
        List<String> items = new ArrayList<>();
        for (String prefix : prefixes(namespace)) {
            int from = packet.indexOf("<" + prefix + ":" + name + ">");
            int to = from < 0 ? -1 : packet.indexOf("</" + prefix + ":" + name + ">", from);
            if (to < 0) {
                continue;
            }
            for (int at = packet.indexOf("<rdf:li", from); at >= 0 && at < to; at = packet.indexOf("<rdf:li", at + 1)) {
                int start = packet.indexOf('>', at) + 1;
                int end = packet.indexOf('<', start);
                if (start > 0 && end > start && end < to && items.size() < most) {
                    items.add(unescaped(packet.substring(start, end)));
                }
            }
        }
        return items;
    }

    private static String unescaped(String text) {
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&amp;", "&");
    }
}
