package dev.shoebox.photos.metadata.tag;

import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.CaptureTime.Origin;
import dev.shoebox.photos.metadata.field.DateText;
import dev.shoebox.photos.metadata.field.MetadataBuilder;
import dev.shoebox.photos.metadata.field.MetadataBuilder.Rank;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Converts values of EXIF tags to facts. */
final class ExifFacts {
    private static final Pattern FRACTION = Pattern.compile("\\d{1,9}");

    private ExifFacts() {}

    static void add(
            Map<Integer, String> strings, Map<Integer, Double> numbers, MakerNote camera, MetadataBuilder found) {
        dates(strings, camera, found);
        Optional.ofNullable(strings.get(TiffValues.MAKE)).ifPresent(found::make);
        Optional.ofNullable(strings.get(TiffValues.MODEL)).ifPresent(found::model);
        Optional.ofNullable(strings.get(TiffValues.LENS)).ifPresent(found::lens);
        camera.lens().ifPresent(found::lens);
        Optional.ofNullable(strings.get(TiffValues.DESCRIPTION)).ifPresent(found::title);
        exposure(numbers).ifPresent(found::exposure);
        if (numbers.containsKey(TiffValues.WIDTH) && numbers.containsKey(TiffValues.HEIGHT)) {
            found.size(
                    numbers.get(TiffValues.WIDTH).longValue(),
                    numbers.get(TiffValues.HEIGHT).longValue());
        }
    }

    private static void dates(Map<Integer, String> strings, MakerNote camera, MetadataBuilder found) {
        Optional<CaptureTime> changed = time(
                strings,
                TiffValues.CHANGED,
                TiffValues.FRACTION_CHANGED,
                TiffValues.OFFSET_CHANGED,
                Origin.EXIF_CHANGED);
        Optional<CaptureTime> digitized = time(
                        strings,
                        TiffValues.DIGITIZED,
                        TiffValues.FRACTION_DIGITIZED,
                        TiffValues.OFFSET_DIGITIZED,
                        Origin.DIGITIZED)
                .map(time -> changed.map(other -> withOffsetOf(other, time)).orElse(time))
                .map(time -> withOffset(time, camera));
        Optional<CaptureTime> original = time(
                        strings,
                        TiffValues.ORIGINAL,
                        TiffValues.FRACTION_ORIGINAL,
                        TiffValues.OFFSET_ORIGINAL,
                        Origin.EXIF)
                .map(time -> digitized.map(other -> withOffsetOf(other, time)).orElse(time))
                .map(time -> changed.map(other -> withOffsetOf(other, time)).orElse(time))
                .map(time -> withOffset(time, camera));
        original.ifPresent(time -> found.captured(Rank.EXIF_ORIGINAL, "EXIF DateTimeOriginal", time));
        digitized.ifPresent(time -> found.captured(Rank.EXIF_DIGITIZED, "EXIF DateTimeDigitized", time));
        changed.ifPresent(time -> found.captured(Rank.CHANGED, "EXIF DateTime", time));
    }

    /**
     * Borrows the offset of another time only if both are the same second: an editor in another country writes its own
     * offset beside its own time.
     */
    private static CaptureTime withOffsetOf(CaptureTime other, CaptureTime time) {
        boolean isSameSecond = other.local().withNano(0).equals(time.local().withNano(0));
        return isSameSecond ? new CaptureTime(time.local(), time.offset().or(other::offset), time.origin()) : time;
    }

    /** Uses the camera's clock, not that of a program that changed the file. */
    private static CaptureTime withOffset(CaptureTime time, MakerNote camera) {
        return new CaptureTime(time.local(), time.offset().or(camera::zone), time.origin());
    }

    private static Optional<CaptureTime> time(
            Map<Integer, String> strings, int tag, int fractionTag, int offsetTag, Origin origin) {
        String fraction = strings.getOrDefault(fractionTag, "").strip();
        Optional<ZoneOffset> offset = DateText.offset(strings.getOrDefault(offsetTag, ""));
        return DateText.parse(strings.getOrDefault(tag, ""), origin)
                .map(time -> new CaptureTime(
                        FRACTION.matcher(fraction).matches()
                                ? time.local().withNano(DateText.nanos(fraction))
                                : time.local(),
                        offset.or(time::offset),
                        origin));
    }

    private static Optional<String> exposure(Map<Integer, Double> numbers) {
        List<String> parts = new ArrayList<>();
        Optional.ofNullable(numbers.get(TiffValues.EXPOSURE_TIME))
                .filter(seconds -> seconds > 0)
                .ifPresent(seconds ->
                        parts.add(seconds < 0.3 ? "1/" + Math.round(1 / seconds) + " s" : decimal(seconds) + " s"));
        Optional.ofNullable(numbers.get(TiffValues.F_NUMBER))
                .filter(number -> number > 0)
                .ifPresent(number -> parts.add("f/" + decimal(number)));
        Optional.ofNullable(numbers.get(TiffValues.ISO))
                .filter(iso -> iso > 0)
                .ifPresent(iso -> parts.add("ISO " + Math.round(iso)));
        Optional.ofNullable(numbers.get(TiffValues.FOCAL_LENGTH))
                .filter(millimetres -> millimetres > 0)
                .ifPresent(millimetres -> parts.add(decimal(millimetres) + " mm"));
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", parts));
    }

    static String decimal(double number) {
        return String.format(Locale.ROOT, "%.1f", number).replaceFirst("\\.0$", "");
    }
}
