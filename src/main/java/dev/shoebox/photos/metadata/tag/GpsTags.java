package dev.shoebox.photos.metadata.tag;

import com.drew.lang.RandomAccessReader;
import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.CaptureTime.Origin;
import dev.shoebox.photos.metadata.field.DateText;
import dev.shoebox.photos.metadata.field.MetadataBuilder;
import dev.shoebox.photos.metadata.field.MetadataBuilder.Rank;

import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** The GPS directory of EXIF: where a photo was taken, and when according to the satellites. */
final class GpsTags {
    private static final int LATITUDE_SIDE = 1;
    private static final int LATITUDE = 2;
    private static final int LONGITUDE_SIDE = 3;
    private static final int LONGITUDE = 4;
    private static final int TIME = 7;
    private static final int DATE = 29;
    private static final int THREE_RATIONALS = 24;
    private static final int SECONDS_OF_A_DAY = 86_400;

    private String latitudeSide = "";
    private String longitudeSide = "";
    private Double latitude; // or null
    private Double longitude; // or null
    private Double hours; // or null
    private String date = "";

    void tag(int tag, RandomAccessReader reader, int at, int count) throws IOException {
        switch (tag) {
            case LATITUDE_SIDE -> latitudeSide = TiffValues.string(reader, at, count);
            case LONGITUDE_SIDE -> longitudeSide = TiffValues.string(reader, at, count);
            case LATITUDE -> latitude = sexagesimal(reader, at, count).orElse(null);
            case LONGITUDE -> longitude = sexagesimal(reader, at, count).orElse(null);
            case TIME -> hours = sexagesimal(reader, at, count).orElse(null);
            case DATE -> date = TiffValues.string(reader, at, count);
            default -> {
                // Altitude, speed, direction.
            }
        }
    }

    private static Optional<Double> sexagesimal(RandomAccessReader reader, int at, int count) throws IOException {
        if (count != THREE_RATIONALS) {
            return Optional.empty();
        }
        double sum = 0;
        double unit = 1;
        for (int i = 0; i < 3; i++) {
            sum += TiffValues.number(reader, at + 8 * i, 8).orElse(0.0) / unit;
            unit *= 60;
        }
        return Optional.of(sum);
    }

    void addTo(MetadataBuilder found) {
        if (latitude != null && longitude != null) {
            found.place(
                    latitudeSide.startsWith("S") ? -latitude : latitude,
                    longitudeSide.startsWith("W") ? -longitude : longitude);
        }
        Optional<LocalDate> day =
                DateText.parse(date, Origin.GPS).map(time -> time.local().toLocalDate());
        if (day.isPresent()) {
            long seconds = Optional.ofNullable(hours)
                    .map(of -> Math.round(of * 3600))
                    .filter(of -> of >= 0 && of < SECONDS_OF_A_DAY)
                    .orElse(0L);
            found.captured(
                    Rank.GPS,
                    hours != null ? "EXIF GPSDateStamp and GPSTimeStamp" : "EXIF GPSDateStamp",
                    new CaptureTime(
                            day.get().atStartOfDay().plusSeconds(seconds), Optional.of(ZoneOffset.UTC), Origin.GPS));
        }
    }
}
