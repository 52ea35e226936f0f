package dev.shoebox.photos.metadata.field;

import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.LibraryAsset;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Collects facts from parsers. Of several capture times, the best source wins; of other facts, the first. */
public final class MetadataBuilder {
    /** The field of a capture time, best first. */
    public enum Rank {
        EXIF_ORIGINAL,
        QUICKTIME_CREATION_DATE,
        /** The camera's clock, as recorded in its films. */
        CAMERA,
        IPTC,
        XMP_ORIGINAL,
        /** For a scan, the day of scanning. */
        EXIF_DIGITIZED,
        XMP_CREATED,
        PNG,
        MOVIE_HEADER,
        CONTAINER,
        GPS,
        /** The time of the last change, for use only if nothing else is known. */
        CHANGED,
        EMBEDDED_FILE_TIME
    }

    /** How much to read. */
    public enum Depth {
        /** Only what the date, the camera and the content identifier need. */
        DATE,
        EVERYTHING
    }

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_TITLE = 500;
    private static final int MOST_KEYWORDS = 100;
    private static final int MOST_REFUSED = 16;

    /** A file has one or two packets of XMP; each costs a copy of it. */
    private static final int MOST_PACKETS = 32;

    private final Depth depth;
    private final Map<Rank, DateClaim> times = new EnumMap<>(Rank.class);
    private final List<DateClaim> refused = new ArrayList<>(0);
    private final List<String> keywords = new ArrayList<>(0);
    private String make; // or null
    private String model; // or null
    private String contentIdentifier; // or null
    private Duration duration; // or null
    private String lens; // or null
    private String exposure; // or null
    private ShotDetails.Size size; // or null
    private LibraryAsset.Place place; // or null
    private String title; // or null
    private int packets;

    public MetadataBuilder(Depth depth) {
        this.depth = depth;
    }

    /** @param field the format's name for the field */
    public void captured(Rank rank, String field, CaptureTime time) {
        DateClaim claim = new DateClaim(time, field);
        if (time.isPlausible()) {
            times.putIfAbsent(rank, claim);
        } else if (refused.size() < MOST_REFUSED && !refused.contains(claim)) {
            refused.add(claim);
        }
    }

    /**
     * Adds a year or a month alone, which no clock recorded. So the epochs of clocks are valid here: people have scans
     * from those years, too.
     */
    public void spelled(Rank rank, String field, CaptureTime time) {
        if (time.isInRange()) {
            times.putIfAbsent(rank, new DateClaim(time, field));
        } else {
            captured(rank, field, time);
        }
    }

    boolean has(Rank rank) {
        return times.containsKey(rank);
    }

    /** Returns whether no further fact could be of use. */
    public boolean isSettled() {
        return depth == Depth.DATE && has(Rank.EXIF_ORIGINAL);
    }

    /** Returns whether to read one more packet of XMP. */
    public boolean mayReadPacket() {
        return ++packets <= MOST_PACKETS;
    }

    public void make(String text) {
        if (make == null) {
            make = text(text, LONGEST_NAME).orElse(null);
        }
    }

    public Optional<String> make() {
        return Optional.ofNullable(make);
    }

    public void model(String text) {
        if (model == null) {
            model = text(text, LONGEST_NAME).orElse(null);
        }
    }

    public void contentIdentifier(String text) {
        if (contentIdentifier == null) {
            contentIdentifier = text(text, LONGEST_NAME).orElse(null);
        }
    }

    public void duration(Duration length) {
        if (duration == null) {
            duration = length;
        }
    }

    public void lens(String text) {
        if (lens == null) {
            lens = text(text, LONGEST_TITLE).orElse(null);
        }
    }

    public void exposure(String text) {
        if (exposure == null) {
            exposure = text(text, LONGEST_TITLE).orElse(null);
        }
    }

    public void size(long width, long height) {
        if (width > 0 && height > 0) {
            if (size == null) {
                size = new ShotDetails.Size(width, height);
            }
        }
    }

    public void place(double latitude, double longitude) {
        boolean onEarth = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
        if (onEarth && (latitude != 0 || longitude != 0)) {
            if (place == null) {
                place = new LibraryAsset.Place(latitude, longitude);
            }
        }
    }

    public void title(String text) {
        if (title == null) {
            title = text(text, LONGEST_TITLE).orElse(null);
        }
    }

    public void keyword(String keyword) {
        text(keyword, LONGEST_NAME)
                .filter(word -> keywords.size() < MOST_KEYWORDS && !keywords.contains(word))
                .ifPresent(keywords::add);
    }

    public MediaFacts facts() {
        return new MediaFacts(
                List.copyOf(times.values()),
                refused,
                Optional.ofNullable(make),
                Optional.ofNullable(model),
                Optional.ofNullable(contentIdentifier),
                Optional.ofNullable(duration),
                new ShotDetails(
                        Optional.ofNullable(lens),
                        Optional.ofNullable(exposure),
                        Optional.ofNullable(size),
                        Optional.ofNullable(place),
                        Optional.ofNullable(title),
                        keywords));
    }

    private static Optional<String> text(String text, int longest) {
        int nul = text.indexOf('\0');
        String clean = CONTROL.matcher(nul < 0 ? text : text.substring(0, nul))
                .replaceAll(" ")
                .strip();
        return clean.isEmpty() || clean.length() > longest ? Optional.empty() : Optional.of(clean);
    }
}
