package dev.shoebox.cli.find;

import dev.shoebox.cli.backup.BackupOutput;
import dev.shoebox.cli.option.DestinationOption;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.JsonEvent;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.history.RunEnding;
import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.LibraryAsset;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.metadata.Metadata;
import dev.shoebox.photos.metadata.field.MediaFacts;
import dev.shoebox.photos.naming.AlbumPath;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
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
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** {@code shoebox find DEST}. */
@Command(
        name = "find",
        header = "Find photos in the backup by date, place, person, title, album, name or camera.",
        description = {
            "",
            "Looks at the backup alone; no iPhone is needed. What is given together must all be true. Titles and persons are"
                    + " those that the photo itself or a sidecar beside it tells ('backup --sidecar xmp' writes them from"
                    + " the iPhone's library; the faces that Photos knows are not read).",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  shoebox find --taken 2024-05 ~/Pictures/iPhone",
            "  shoebox find --taken 2023..2024-02 --album Oslo --camera iPhone ~/Pictures/iPhone",
            "  shoebox find --place 59.91,10.75,20 ~/Pictures/iPhone      within 20 km"
        })
public final class FindCommand implements Callable<Integer> {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");
    private static final double EARTH_KM = 6371;

    @Mixin
    private DestinationOption destination;

    @Option(
            names = "--taken",
            paramLabel = "WHEN",
            converter = SpanConverter.class,
            description = "Taken then, by the clock of the place: a year, a month, a day, or one of them .. another.")
    private Optional<Span> taken = Optional.empty();

    @Option(
            names = "--place",
            paramLabel = "LAT,LON[,KM]",
            converter = CircleConverter.class,
            description = "Taken no farther from there than so many kilometres. Default: 10.")
    private Optional<Circle> place = Optional.empty();

    @Option(
            names = {"--person", "--keyword"},
            paramLabel = "NAME",
            description = "With that person, or that keyword, among its keywords.")
    private Optional<String> person = Optional.empty();

    @Option(names = "--title", paramLabel = "TEXT", description = "With that in its title.")
    private Optional<String> title = Optional.empty();

    @Option(
            names = "--album",
            paramLabel = "NAME",
            description = "In that album of the iPhone, or in that folder of albums.")
    private Optional<String> album = Optional.empty();

    @Option(
            names = "--name",
            paramLabel = "TEXT",
            description = "With that in its name: in the backup, or where it came from.")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--camera",
            paramLabel = "TEXT",
            description = "Taken with a camera or phone of that make or model.")
    private Optional<String> camera = Optional.empty();

    @Mixin
    private final Console console;

    private int found;
    private Map<String, List<String>> albums = Map.of();

    public FindCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Path root = destination.path();
        try (Destination opened = Destination.view(root, OpenMode.REQUIRE_EXISTING)) {
            albums = albums(opened);
            Map<String, List<Journal.Entry>> photos = new LinkedHashMap<>();
            for (Journal.Entry entry : opened.memory().entries()) {
                if (entry.role() == Role.PHOTO || entry.role() == Role.VIDEO || photos.containsKey(entry.path())) {
                    photos.computeIfAbsent(entry.path(), path -> new ArrayList<>())
                            .add(entry);
                }
            }
            photos.values().stream()
                    .sorted(Comparator.comparing(FindCommand::order))
                    .forEach(entries -> look(root, entries));
        }
        console.outcome(found == 0 ? "Nothing was found." : BackupOutput.photos(found) + ".");
        console.event(new JsonEvent("summary")
                .with("exitCode", RunEnding.DONE.number())
                .with("photosAndVideos", found));
        return RunEnding.DONE.number();
    }

    private static String order(List<Journal.Entry> entries) {
        return captured(entries).map(Object::toString).orElse("") + " "
                + entries.get(0).path();
    }

    private static Optional<LocalDateTime> captured(List<Journal.Entry> entries) {
        return entries.get(0).captured().map(CaptureTime::local);
    }

    private static Map<String, List<String>> albums(Destination opened) throws IOException {
        Map<String, List<String>> albums = new LinkedHashMap<>();
        for (Map.Entry<AlbumPath, SortedSet<String>> each :
                opened.memory().albums().entrySet()) {
            for (String path : each.getValue()) {
                albums.computeIfAbsent(path, key -> new ArrayList<>())
                        .add(each.getKey().shown());
            }
        }
        return albums;
    }

    /** What costs no look into the file comes first. */
    private void look(Path root, List<Journal.Entry> entries) {
        String path = entries.get(0).path();
        Optional<LocalDateTime> captured = captured(entries);
        List<String> names = Stream.concat(
                        Stream.of(path.substring(path.lastIndexOf('/') + 1)),
                        entries.stream().map(entry -> entry.file().name()))
                .distinct()
                .toList();
        List<String> in = albums.getOrDefault(path, List.of());
        boolean fits =
                taken.filter(span -> captured.filter(span::holds).isEmpty()).isEmpty()
                        && matches(name, names)
                        && (album.isEmpty()
                                || in.stream().anyMatch(each -> contains("/" + each + "/", "/" + album.get() + "/")));
        if (!fits) {
            return;
        }
        Path file = root.resolve(path);
        boolean isAsked = place.isPresent() || person.isPresent() || title.isPresent() || camera.isPresent();
        MediaFacts facts = isAsked || console.isJson() ? read(file) : MediaFacts.NONE;
        SidecarFacts beside =
                isAsked || console.isJson() ? SidecarFacts.beside(file) : new SidecarFacts(Optional.empty(), List.of());
        Optional<String> titled = facts.details().title().or(beside::title);
        List<String> keywords = Stream.concat(facts.details().keywords().stream(), beside.words().stream())
                .distinct()
                .toList();
        List<String> cameras = Stream.of(facts.cameraMake(), facts.cameraModel())
                .flatMap(Optional::stream)
                .toList();
        Optional<LibraryAsset.Place> where = facts.details().place();
        if (matches(person, keywords)
                && matches(title, titled.stream().toList())
                && matches(camera, List.of(String.join(" ", cameras)))
                && place.filter(circle -> where.filter(circle::holds).isEmpty()).isEmpty()) {
            found++;
            console.result(captured.map(MINUTE::format).orElse("undated         ") + "  " + path
                    + (in.isEmpty() ? "" : "  in " + String.join(", ", in)));
            console.event(new JsonEvent("photo")
                    .with("path", path)
                    .with("captured", captured.map(Object::toString))
                    .with("names", names)
                    .with("albums", in)
                    .with("title", titled)
                    .with("keywords", keywords)
                    .with("camera", cameras.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", cameras)))
                    .with("latitude", where.map(LibraryAsset.Place::latitude))
                    .with("longitude", where.map(LibraryAsset.Place::longitude))
                    .with("sha256", entries.get(0).sha256())
                    .with("bytes", entries.get(0).size()));
        }
    }

    private static MediaFacts read(Path file) {
        try (SeekableByteChannel bytes =
                Files.newByteChannel(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            return Metadata.readAll(bytes);
        } catch (IOException unreadable) {
            return MediaFacts.NONE;
        }
    }

    private static boolean matches(Optional<String> wanted, List<String> texts) {
        return wanted.isEmpty() || texts.stream().anyMatch(text -> contains(text, wanted.get()));
    }

    private static boolean contains(String text, String wanted) {
        return fold(text).contains(fold(wanted));
    }

    private static String fold(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }

    /** From the first day to the last, both included. */
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
        /** By the haversine formula. */
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
                        "'" + text + "' is no date such as 2024, 2024-05, 2024-05-03 or 2023..2024-02");
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
                // Told below.
            }
            throw new TypeConversionException("'" + text + "' is no place such as 59.91,10.75 or 59.91,10.75,20");
        }
    }
}
