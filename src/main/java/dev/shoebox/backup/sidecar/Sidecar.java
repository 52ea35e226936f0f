package dev.shoebox.backup.sidecar;

import dev.shoebox.destination.Sidecars;
import dev.shoebox.json.JsonObject;
import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.LibraryAsset;
import dev.shoebox.photos.LibraryAsset.Place;
import dev.shoebox.photos.LibraryAsset.Trait;
import dev.shoebox.photos.naming.AlbumPath;

import javax.xml.stream.XMLStreamException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A library's facts about a photo in formats of other programs: XMP by the conventions of ExifTool, digiKam and
 * Lightroom, or JSON. A favourite gets five stars, because XMP has no favourites; albums become tags, with their
 * folders.
 */
public enum Sidecar {
    XMP,
    JSON;

    private static final String XMP_HEAD = """
            <?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Shoebox">
             <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
              <rdf:Description rdf:about=""
                xmlns:dc="http://purl.org/dc/elements/1.1/"
                xmlns:xmp="http://ns.adobe.com/xap/1.0/"
                xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
                xmlns:exif="http://ns.adobe.com/exif/1.0/"
                xmlns:lr="http://ns.adobe.com/lightroom/1.0/"
                xmlns:digiKam="http://www.digikam.org/ns/1.0/"\
            """;

    /** Used only with a date: without one, the text is that of earlier versions. */
    private static final String XMP_DATED = "\n    xmlns:photoshop=\"http://ns.adobe.com/photoshop/1.0/\"";

    private static final String XMP_TAIL = """
              </rdf:Description>
             </rdf:RDF>
            </x:xmpmeta>
            <!-- Made by Shoebox, which renews it as long as nobody changes it: %s -->
            <?xpacket end="w"?>
            """.formatted(Sidecars.DIGEST);

    /** Returns what follows the file name of the photo. */
    public String extension() {
        return "." + name().toLowerCase(Locale.ROOT);
    }

    /** Whether the library has any fact worth writing. */
    public static boolean isWorthIt(LibraryAsset known) {
        return known.title().isPresent()
                || known.caption().isPresent()
                || !known.keywords().isEmpty()
                || !known.albums().isEmpty()
                || known.is(Trait.FAVOURITE)
                || known.place().isPresent()
                || known.originalName().isPresent();
    }

    /**
     * What a sidecar is about.
     *
     * @param captured the date under which the photo is filed. File times are left out of XMP, which cannot mark them
     *     as guesses
     */
    public record Subject(LibraryAsset known, Optional<CaptureTime> captured) {
        private Subject withoutGuess() {
            return new Subject(known, captured.filter(time -> !time.origin().isFileTime()));
        }
    }

    /** Returns the content, with {@link Sidecars#DIGEST} in it. */
    public String content(Subject subject) {
        return this == XMP ? xmp(subject.withoutGuess()) : json(subject);
    }

    private static String xmp(Subject subject) {
        try {
            String head = XMP_HEAD + subject.captured().map(time -> XMP_DATED).orElse("") + ">\n";
            return head + properties(subject) + XMP_TAIL;
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException("text in memory can always be written", impossible);
        }
    }

    private static String properties(Subject subject) throws XMLStreamException {
        LibraryAsset known = subject.known();
        var xmp = new XmpWriter();
        if (known.title().isPresent()) {
            xmp.alternatives("dc:title", known.title().get());
        }
        if (known.caption().isPresent()) {
            xmp.alternatives("dc:description", known.caption().get());
        }
        xmp.items("dc:subject", "Bag", known.keywords());
        List<List<String>> tags = new ArrayList<>();
        known.keywords().forEach(keyword -> tags.add(List.of(keyword)));
        known.albums().forEach(album -> tags.add(album.titles()));
        xmp.items("digiKam:TagsList", "Seq", joined(tags, '/', '\u2215'));
        xmp.items("lr:hierarchicalSubject", "Bag", joined(tags, '|', '\u2223'));
        if (known.is(Trait.FAVOURITE)) {
            xmp.simple("xmp:Rating", "5");
        }
        if (known.place().isPresent()) {
            Place place = known.place().get();
            xmp.simple("exif:GPSLatitude", degrees(place.latitude(), 'N', 'S'));
            xmp.simple("exif:GPSLongitude", degrees(place.longitude(), 'E', 'W'));
        }
        if (known.originalName().isPresent()) {
            xmp.simple("xmpMM:PreservedFileName", known.originalName().get());
        }
        if (subject.captured().isPresent()) {
            String date = date(subject.captured().get());
            // Programs use different ones of these.
            for (String property : List.of("exif:DateTimeOriginal", "xmp:CreateDate", "photoshop:DateCreated")) {
                xmp.simple(property, date);
            }
        }
        return xmp.written();
    }

    /**
     * Joins paths.
     *
     * @param separator the property's separator, which cannot be escaped in a component
     * @param lookalike replaces the separator in a component
     */
    private static List<String> joined(List<List<String>> paths, char separator, char lookalike) {
        return paths.stream()
                .map(path -> path.stream()
                        .map(component -> component.replace(separator, lookalike))
                        .collect(Collectors.joining(String.valueOf(separator))))
                .toList();
    }

    /** Formats an XMP Date: ISO 8601. Its offsets have no seconds, which offsets before standard time have. */
    private static String date(CaptureTime time) {
        return iso(time.local())
                + time.offset()
                        .filter(offset -> offset.getTotalSeconds() % 60 == 0)
                        .map(ZoneOffset::getId)
                        .orElse("");
    }

    private static String iso(LocalDateTime local) {
        return local.format(DateTimeFormatter.ISO_LOCAL_DATE_TIME);
    }

    /** Formats an XMP GPSCoordinate: {@code 59,54.833333N}. */
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

    private static String json(Subject subject) {
        LibraryAsset known = subject.known();
        Map<String, String> fields = new LinkedHashMap<>();
        known.originalName().ifPresent(name -> fields.put("originalName", JsonObject.value(name)));
        known.title().ifPresent(title -> fields.put("title", JsonObject.value(title)));
        known.caption().ifPresent(caption -> fields.put("caption", JsonObject.value(caption)));
        subject.captured().ifPresent(time -> fields.put("captured", JsonObject.value(captured(time))));
        fields.put("keywords", array(known.keywords()));
        fields.put("albums", array(known.albums().stream().map(AlbumPath::shown).toList()));
        if (!known.albums().isEmpty()) {
            fields.put(
                    "albumPaths",
                    JsonObject.value(
                            known.albums().stream().map(AlbumPath::titles).toList()));
        }
        fields.put("favourite", JsonObject.value(known.is(Trait.FAVOURITE)));
        known.place().ifPresent(place -> {
            fields.put("latitude", JsonObject.value(millionths(place.latitude())));
            fields.put("longitude", JsonObject.value(millionths(place.longitude())));
        });
        fields.put("shoebox", JsonObject.value(Sidecars.DIGEST));
        return fields.entrySet().stream()
                .map(field -> JsonObject.value(field.getKey()) + ": " + field.getValue())
                .collect(Collectors.joining(",\n  ", "{\n  ", "\n}\n"));
    }

    private static Map<String, String> captured(CaptureTime time) {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("local", iso(time.local()));
        time.offset().ifPresent(offset -> parts.put("offset", offset.getId()));
        parts.put("origin", time.origin().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        return parts;
    }

    private static BigDecimal millionths(double degrees) {
        return BigDecimal.valueOf(degrees).setScale(6, RoundingMode.HALF_UP);
    }

    private static String array(List<String> values) {
        return values.stream().map(JsonObject::value).collect(Collectors.joining(", ", "[", "]"));
    }
}
