package dev.shoebox.backup;

import dev.shoebox.destination.Sidecars;
import dev.shoebox.photos.LibraryAsset;
import dev.shoebox.photos.LibraryAsset.Place;
import dev.shoebox.photos.LibraryAsset.Trait;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a library knows of a photo, as other programs read it: XMP by the conventions of ExifTool, digiKam and Lightroom, or
 * JSON. A favourite has five stars, for XMP has no favourites; albums are tags with their folders before them.
 */
public enum Sidecar {
    XMP,
    JSON;

    /** What is put behind the name of the photo. */
    String extension() {
        return "." + name().toLowerCase(Locale.ROOT);
    }

    /** Whether there is anything to say. */
    static boolean isWorthIt(LibraryAsset known) {
        return known.title().isPresent()
                || known.caption().isPresent()
                || !known.keywords().isEmpty()
                || !known.albums().isEmpty()
                || known.is(Trait.FAVOURITE)
                || known.place().isPresent()
                || known.originalName().isPresent();
    }

    /** The content, with {@link Sidecars#DIGEST} in it. */
    String content(LibraryAsset known) {
        return this == XMP ? xmp(known) : json(known);
    }

    private static String xmp(LibraryAsset known) {
        var text = new StringBuilder();
        text.append("<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n")
                .append("<x:xmpmeta xmlns:x=\"adobe:ns:meta/\" x:xmptk=\"Shoebox\">\n")
                .append(" <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n")
                .append("  <rdf:Description rdf:about=\"\"\n")
                .append("    xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n")
                .append("    xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n")
                .append("    xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\"\n")
                .append("    xmlns:exif=\"http://ns.adobe.com/exif/1.0/\"\n")
                .append("    xmlns:lr=\"http://ns.adobe.com/lightroom/1.0/\"\n")
                .append("    xmlns:digiKam=\"http://www.digikam.org/ns/1.0/\">\n");
        known.title().ifPresent(title -> alternatives(text, "dc:title", title));
        known.caption().ifPresent(caption -> alternatives(text, "dc:description", caption));
        items(text, "dc:subject", "Bag", known.keywords());
        List<String> tags = new ArrayList<>(known.keywords());
        tags.addAll(known.albums());
        items(text, "digiKam:TagsList", "Seq", tags);
        items(
                text,
                "lr:hierarchicalSubject",
                "Bag",
                tags.stream().map(tag -> tag.replace('/', '|')).toList());
        if (known.is(Trait.FAVOURITE)) {
            simple(text, "xmp:Rating", "5");
        }
        known.place().ifPresent(place -> {
            simple(text, "exif:GPSLatitude", degrees(place.latitude(), 'N', 'S'));
            simple(text, "exif:GPSLongitude", degrees(place.longitude(), 'E', 'W'));
        });
        known.originalName().ifPresent(name -> simple(text, "xmpMM:PreservedFileName", name));
        text.append("  </rdf:Description>\n </rdf:RDF>\n</x:xmpmeta>\n")
                .append("<!-- Made by Shoebox, which renews it as long as nobody changes it: ")
                .append(Sidecars.DIGEST)
                .append(" -->\n<?xpacket end=\"w\"?>\n");
        return text.toString();
    }

    private static void simple(StringBuilder text, String name, String value) {
        text.append("   <")
                .append(name)
                .append('>')
                .append(escaped(value))
                .append("</")
                .append(name)
                .append(">\n");
    }

    private static void alternatives(StringBuilder text, String name, String value) {
        text.append("   <").append(name).append("><rdf:Alt><rdf:li xml:lang=\"x-default\">");
        text.append(escaped(value)).append("</rdf:li></rdf:Alt></").append(name).append(">\n");
    }

    private static void items(StringBuilder text, String name, String kind, List<String> values) {
        if (!values.isEmpty()) {
            text.append("   <").append(name).append("><rdf:").append(kind).append('>');
            values.forEach(
                    value -> text.append("<rdf:li>").append(escaped(value)).append("</rdf:li>"));
            text.append("</rdf:").append(kind).append("></").append(name).append(">\n");
        }
    }

    /** As XMP's GPSCoordinate: {@code 59,54.833333N}. */
    private static String degrees(double value, char positive, char negative) {
        double size = Math.abs(value);
        long millionths = Math.round(size * 60_000_000);
        return String.format(
                Locale.ROOT,
                "%d,%d.%06d%c",
                millionths / 60_000_000,
                millionths % 60_000_000 / 1_000_000,
                millionths % 1_000_000,
                value < 0 ? negative : positive);
    }

    /** Without what no XML may have in it. */
    private static String escaped(String value) {
        var safe = new StringBuilder();
        value.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                default -> {
                    boolean allowed = point == '\n'
                            || point == '\t'
                            || (point >= 0x20 && point <= 0xD7FF)
                            || (point >= 0xE000 && point <= 0xFFFD)
                            || point >= 0x10000;
                    if (allowed) {
                        safe.appendCodePoint(point);
                    }
                }
            }
        });
        return safe.toString();
    }

    private static String json(LibraryAsset known) {
        List<String> fields = new ArrayList<>();
        known.originalName().ifPresent(name -> fields.add("\"originalName\": " + quoted(name)));
        known.title().ifPresent(title -> fields.add("\"title\": " + quoted(title)));
        known.caption().ifPresent(caption -> fields.add("\"caption\": " + quoted(caption)));
        fields.add("\"keywords\": " + array(known.keywords()));
        fields.add("\"albums\": " + array(known.albums()));
        fields.add("\"favourite\": " + known.is(Trait.FAVOURITE));
        known.place().map(Sidecar::numbers).ifPresent(fields::add);
        fields.add("\"shoebox\": " + quoted(Sidecars.DIGEST));
        return fields.stream().collect(Collectors.joining(",\n  ", "{\n  ", "\n}\n"));
    }

    private static String numbers(Place place) {
        return String.format(
                Locale.ROOT, "\"latitude\": %.6f,\n  \"longitude\": %.6f", place.latitude(), place.longitude());
    }

    private static String array(List<String> values) {
        return values.stream().map(Sidecar::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String quoted(String value) {
        var safe = new StringBuilder("\"");
        for (int at = 0; at < value.length(); at++) {
            char unit = value.charAt(at);
            if (unit == '"' || unit == '\\') {
                safe.append('\\').append(unit);
            } else if (unit < 0x20 || Character.isSurrogate(unit)) {
                safe.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
            } else {
                safe.append(unit);
            }
        }
        return safe.append('"').toString();
    }
}
