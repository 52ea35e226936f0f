package dev.shoebox.cli.find;

import dev.shoebox.destination.records.Journal;
import dev.shoebox.photos.LibraryAsset;
import dev.shoebox.photos.metadata.Metadata;
import dev.shoebox.photos.metadata.field.MediaFacts;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Options that search a backup. Photos must match all of them. */
public final class SearchOptions {
    private static final double EARTH_KM = 6371;

    @Option(
            names = "--taken",
            paramLabel = "WHEN",
            converter = SpanConverter.class,
            description = "Taken at this local time: a year, a month or a day, or a range as in 2024-05..2024-07.")
    private Span taken;

    @Option(
            names = "--place",
            paramLabel = "LAT,LON[,KM]",
            converter = CircleConverter.class,
            description = "Taken within KM kilometres of this place. Default: 10.")
    private Circle place;

    @Option(
            names = {"--person", "--keyword"},
            paramLabel = "NAME",
            description = "With this person, by the faces named on the iPhone, or with this keyword.")
    private String person;

    @Option(names = "--title", paramLabel = "TEXT", description = "With this text in its title.")
    private String title;

    @Option(
            names = "--name",
            paramLabel = "TEXT",
            description = "With this text in its name, in the backup or at its source.")
    private String name;

    @Option(
            names = "--camera",
            paramLabel = "TEXT",
            description = "Taken with a camera or phone of this make or model.")
    private String camera;

    /** Returns whether any option is given. */
    public boolean isGiven() {
        return taken != null || name != null || asksForFacts();
    }

    private boolean asksForFacts() {
        return place != null || person != null || title != null || camera != null;
    }

    /**
     * Returns whether a photo matches.
     *
     * @param file the file in the backup
     * @param entries all its records
     * @param persons the persons on it, according to the iPhone's library
     */
    public boolean isMeant(Path file, List<Journal.Entry> entries, List<String> persons) {
        return look(file, entries, persons, false).isPresent();
    }

    /** Returns the photo if it matches. Checks first what needs no access to the file. */
    Optional<FoundPhoto> look(Path file, List<Journal.Entry> entries, List<String> persons, boolean all) {
        boolean fits = (taken == null
                        || FoundPhoto.captured(entries).filter(taken::holds).isPresent())
                && matches(FoundPhoto.names(entries), name);
        if (!fits) {
            return Optional.empty();
        }
        boolean isRead = all || asksForFacts();
        FoundPhoto photo = new FoundPhoto(
                entries,
                isRead ? read(file) : MediaFacts.NONE,
                isRead ? SidecarFacts.beside(file) : new SidecarFacts(Optional.empty(), List.of()));
        boolean isMeant = (matches(persons, person) || matches(photo.keywords(), person))
                && matches(photo.title().stream().toList(), title)
                && matches(photo.camera().stream().toList(), camera)
                && (place == null || photo.place().filter(place::holds).isPresent());
        return isMeant ? Optional.of(photo) : Optional.empty();
    }

    private static MediaFacts read(Path file) {
        try (SeekableByteChannel bytes =
                Files.newByteChannel(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            return Metadata.readAll(bytes);
        } catch (IOException unreadable) {
            return MediaFacts.NONE;
        }
    }

    /** Also returns true if no text is wanted (null). */
    private static boolean matches(List<String> texts, String wanted) {
        return wanted == null || texts.stream().anyMatch(text -> contains(text, wanted));
    }

    static boolean contains(String text, String wanted) {
        return fold(text).contains(fold(wanted));
    }

    private static String fold(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }

    /** A range of days, both ends included. */
    private record Span(LocalDate first, LocalDate last) {
        boolean holds(LocalDateTime time) {
            LocalDate day = time.toLocalDate();
            return !day.isBefore(first) && !day.isAfter(last);
        }

        static Span of(String text) {
            return switch (text.length()) {
                case 4 ->
                    new Span(
                            Year.parse(text).atDay(1),
                            Year.parse(text).atMonth(12).atEndOfMonth());
                case 7 ->
                    new Span(
                            YearMonth.parse(text).atDay(1),
                            YearMonth.parse(text).atEndOfMonth());
                default -> new Span(LocalDate.parse(text), LocalDate.parse(text));
            };
        }
    }

    private record Circle(double latitude, double longitude, double km) {
        /** Uses the haversine formula. */
        boolean holds(LibraryAsset.Place place) {
            double dLat = Math.toRadians(place.latitude() - latitude);
            double dLon = Math.toRadians(place.longitude() - longitude);
            double a = Math.pow(Math.sin(dLat / 2), 2)
                    + Math.cos(Math.toRadians(latitude))
                            * Math.cos(Math.toRadians(place.latitude()))
                            * Math.pow(Math.sin(dLon / 2), 2);
            return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(a))) <= km;
        }
    }

    private static final class SpanConverter implements ITypeConverter<Span> {
        @Override
        public Span convert(String text) {
            try {
                int dots = text.indexOf("..");
                if (dots < 0) {
                    return Span.of(text);
                }
                Span from = Span.of(text.substring(0, dots));
                Span to = Span.of(text.substring(dots + 2));
                return new Span(from.first(), to.last());
            } catch (DateTimeException wrong) {
                throw new TypeConversionException(
                        "'" + text + "' is not a date such as 2024, 2024-05, 2024-05-03 or 2023..2024-02");
            }
        }
    }

    private static final class CircleConverter implements ITypeConverter<Circle> {
        @Override
        public Circle convert(String text) {
            try {
                List<Double> numbers = new ArrayList<>();
                for (String each : text.split(",", -1)) {
                    numbers.add(Double.parseDouble(each.strip()));
                }
                double km = numbers.size() == 3 ? numbers.get(2) : 10;
                if ((numbers.size() == 2 || numbers.size() == 3) && Math.abs(numbers.get(0)) <= 90 && km > 0) {
                    return new Circle(numbers.get(0), numbers.get(1), km);
                }
            } catch (NumberFormatException wrong) {
                // Refused below.
            }
            throw new TypeConversionException("'" + text + "' is not a place such as 59.91,10.75 or 59.91,10.75,20");
        }
    }
}
