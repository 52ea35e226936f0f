package dev.shoebox.export;

import dev.shoebox.json.JsonObject;
import dev.shoebox.photos.LibraryAsset.Place;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One JSON file of a Google Takeout, about a photo or about the album whose folder it is in.
 *
 * @param isOfPhoto whether it is about a photo, even one of unknown date
 * @param title of a photo, its name when it was uploaded; of an album, its title
 * @param taken of a photo, when it was taken, by the camera or as corrected by its owner
 */
record TakeoutText(
        boolean isOfPhoto,
        Optional<String> title,
        Optional<Instant> taken,
        Optional<String> description,
        Optional<Place> place,
        boolean favourite,
        boolean trashed) {
    private static final int LONGEST_TITLE = 1_000;
    private static final int LONGEST_DESCRIPTION = 10_000;

    /** Returns empty if it is not a JSON object. */
    static Optional<TakeoutText> parse(String text) {
        JsonObject json;
        try {
            json = JsonObject.parse(text.startsWith("\ufeff") ? text.substring(1) : text);
        } catch (RuntimeException | StackOverflowError none) {
            return Optional.empty();
        }
        return Optional.of(new TakeoutText(
                json.fields().get("photoTakenTime") instanceof Map<?, ?>,
                text(json, "title", LONGEST_TITLE).or(() -> album(json)),
                taken(json),
                text(json, "description", LONGEST_DESCRIPTION),
                place(json, "geoData").or(() -> place(json, "geoDataExif")),
                json.isTrue("favorited"),
                json.isTrue("trashed")));
    }

    /** The format until 2020. */
    private static Optional<String> album(JsonObject json) {
        return json.fields().get("albumData") instanceof Map<?, ?>
                ? text(json.object("albumData"), "title", LONGEST_TITLE)
                : Optional.empty();
    }

    private static Optional<String> text(JsonObject json, String field, int longest) {
        return json.fields().get(field) instanceof String text && !text.isBlank()
                ? Optional.of(text.length() > longest ? text.substring(0, longest) : text)
                : Optional.empty();
    }

    /** In whole seconds since 1970, UTC; a string in all known exports. Zero means unknown. */
    private static Optional<Instant> taken(JsonObject json) {
        try {
            Object seconds = json.object("photoTakenTime").fields().get("timestamp");
            long value = seconds instanceof Number number
                    ? number.longValue()
                    : Long.parseLong(String.valueOf(seconds).strip());
            return value == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(value));
        } catch (RuntimeException absent) {
            return Optional.empty();
        }
    }

    /** Zero and zero mean unknown. */
    private static Optional<Place> place(JsonObject json, String field) {
        try {
            JsonObject geo = json.object(field);
            double latitude = geo.decimal("latitude");
            double longitude = geo.decimal("longitude");
            boolean known = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 && (latitude != 0 || longitude != 0);
            return known ? Optional.of(new Place(latitude, longitude)) : Optional.empty();
        } catch (RuntimeException absent) {
            return Optional.empty();
        }
    }
}
