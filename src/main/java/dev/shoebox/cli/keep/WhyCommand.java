package dev.shoebox.cli.keep;

import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.JsonEvent;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.DestinationFolder;
import dev.shoebox.destination.Provenance;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.history.RunEnding;
import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.format.Plausibility;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code shoebox why FILE}. */
@Command(
        name = "why",
        header = "Explain one file of a backup: its date, its path, its content, and where it came from.",
        footer = {"", "Example:", "  shoebox why ~/Pictures/iPhone/2024/05/IMG_0001.HEIC"})
public final class WhyCommand implements Callable<Integer> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    /** The id of a run starts with its start time. */
    private static final int RUN_TIME = "20261120T135935Z".length();

    @Spec
    private CommandSpec command;

    @Parameters(paramLabel = "FILE", description = "A photo or video in a backup.")
    private Path file;

    @Mixin
    private final Console console;

    private final InstantSource clock;

    public WhyCommand(Console console, InstantSource clock) {
        this.console = console;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        Path there = file.toAbsolutePath().normalize();
        Path root = DestinationFolder.around(there);
        String path =
                root.relativize(there).toString().replace(root.getFileSystem().getSeparator(), "/");
        try (Destination opened = Destination.view(root, OpenMode.REQUIRE_EXISTING)) {
            Provenance known = opened.memory()
                    .provenance(path)
                    .orElseThrow(() -> new ParameterException(
                            command.commandLine(),
                            path + " is not among the photos that Shoebox stored in " + TextFormat.path(root) + "."));
            WhyDates dates = WhyDates.of(known, there, clock.instant());
            show(known, root, opened.holdings().lying(path).isPresent());
            Optional<Plausibility> looks = opened.memory().plausibility(path);
            Optional<String> denied = Optional.ofNullable(
                    opened.memory().denied().get(known.stored().path()));
            denied.or(() -> looks.filter(each -> each != Plausibility.PLAUSIBLE).map(Plausibility::words))
                    .ifPresent(words -> console.result("  Not safe  " + words));
            dates.show(console);
            console.event(dates.addTo(event(known, root)
                    .with("plausibility", looks.map(TextFormat::hyphenated))
                    .with("denied", denied)));
            return RunEnding.DONE.number();
        }
    }

    private void show(Provenance known, Path root, boolean isThere) {
        console.result(known.stored().path()
                + (isThere
                        ? ""
                        : "  (no longer there: " + TextFormat.command("verify", root) + " shows what is missing)"));
        console.result("  Taken     "
                + known.captured()
                        .map(time -> TIME.format(time.local())
                                + time.offset().map(offset -> " " + offset).orElse(" (no offset from UTC known)")
                                + ": " + because(time.origin()))
                        .orElse("unknown: neither the file, its name nor its timestamps say when"));
        console.result("  Place     " + place(known));
        console.result("  Content   SHA-256 " + known.stored().sha256()
                + (known.stored().size() < 0
                        ? ""
                        : ", " + TextFormat.count(known.stored().size()) + " bytes"));
        known.state()
                .evidence()
                .proof()
                .ifPresent(proof -> console.result("  Proof     " + proof.words()
                        + known.state()
                                .evidence()
                                .fingerprint()
                                .map(print -> "; its fingerprint is " + print)
                                .orElse("")));
        console.result("  Backup    " + TextFormat.path(root)
                + known.run()
                        .flatMap(WhyCommand::time)
                        .map(time -> ", stored by the run of " + time)
                        .orElse("")
                + (known.state().verified() ? "; verified since" : "")
                + (known.state().damaged()
                        ? "; found damaged since: " + TextFormat.command("repair", root) + " restores it"
                        : ""));
        if (known.origins().isEmpty()) {
            console.result("  Source    no longer recorded: only SHA256SUMS lists this file");
        }
        for (Provenance.Origin origin : known.origins()) {
            console.result("  Source    " + origin.file().path() + " on "
                    + origin.source().name() + ": "
                    + words(origin.role()) + " of " + origin.asset() + ", last changed there "
                    + origin.file().modified()
                    + (origin.claimed() ? "; identified by its fingerprint and size, not read from there" : ""));
        }
    }

    private static String because(CaptureTime.Origin origin) {
        return switch (origin) {
            case OWNER -> "its owner corrected it in Photos";
            case CAMERA -> "the camera's clock, as recorded in the video";
            case IPTC -> "the file says so (IPTC)";
            case DIGITIZED -> "the file says when it was digitized (EXIF)";
            case NAME_AND_FILM -> "its name gives the local time, and a UTC time of the same moment gives the offset";
            case CONTAINER -> "the video records only UTC, which was converted to a time zone";
            case GPS -> "the camera's GPS receiver recorded this UTC time, which was converted to a time zone";
            case EMBEDDED_FILE_TIME -> "a program recorded it as the time of the file that this was made from";
            case EXIF -> "the file says so (EXIF)";
            case QUICKTIME_CREATION_DATE ->
                "the video, or the video of the Live Photo, says so (Apple's creation date)";
            case EXIF_LIBRARY_ZONE -> "the file says so (EXIF), with the offset from the iPhone's Photos library";
            case LIBRARY -> "the iPhone's Photos library says so; the file does not";
            case XMP -> "the file says so (XMP)";
            case PNG -> "the file says so (PNG)";
            case EXPORT -> "the export says so (JSON or CSV); the file does not";
            case EXIF_CHANGED -> "the file says only when it was last changed (EXIF DateTime)";
            case QUICKTIME_MOVIE_HEADER -> "the video records only UTC, which was converted to a time zone";
            case FILE_NAME -> "its name gives it";
            case FILE_CREATED -> "only the file's creation time is known";
            case FILE_MODIFIED -> "only the file's modification time is known";
        };
    }

    private static String place(Provenance known) {
        int slash = known.stored().path().lastIndexOf('/');
        String folder = slash < 0
                ? "the top of the backup"
                : "folder " + known.stored().path().substring(0, slash);
        String stem = known.stored().stem().substring(known.stored().stem().lastIndexOf('/') + 1);
        String why = known.captured().isPresent() || slash < 0
                ? ", the layout of that run applied to this date"
                : ", because there is no date";
        boolean distinct = known.stored().sha256().length() >= 8
                && stem.contains("-" + known.stored().sha256().substring(0, 8));
        return folder + why + "; all files of this photo are named " + stem
                + (distinct ? ", with digits of its hash because another photo had that name" : "");
    }

    private static String words(Role role) {
        return switch (role) {
            case PHOTO -> "the photo";
            case VIDEO -> "the video";
            case PAIRED_VIDEO -> "the moving half";
            case ALTERNATE_PHOTO -> "the RAW half";
            case FULL_SIZE_PHOTO -> "the edited photo";
            case FULL_SIZE_VIDEO -> "the edited video";
            case FULL_SIZE_PAIRED_VIDEO -> "the edited video of the Live Photo";
            case ADJUSTMENT_DATA -> "the edit's settings (.AAE)";
            case ADJUSTMENT_BASE_PHOTO -> "the picture that the edit starts from";
            case PREVIEW -> "a small preview, not the original,";
            case OTHER -> "a companion";
            case FILE -> "a file that is not a photo,";
        };
    }

    private static Optional<String> time(String run) {
        return run.length() < RUN_TIME
                ? Optional.empty()
                : Optional.of(run.substring(0, RUN_TIME)
                        .replaceFirst("(\\d{4})(\\d{2})(\\d{2})T(\\d{2})(\\d{2})(\\d{2})Z", "$1-$2-$3T$4:$5:$6Z"));
    }

    private static JsonEvent event(Provenance known, Path root) {
        List<Map<String, Object>> origins = known.origins().stream()
                .map(origin -> {
                    Map<String, Object> map = new LinkedHashMap<>();
                    map.put("kind", TextFormat.hyphenated(origin.source().kind()));
                    map.put("id", origin.source().id());
                    map.put("name", origin.source().name());
                    map.put("path", origin.file().path());
                    map.put("bytes", origin.file().size());
                    map.put("modified", origin.file().modified().toString());
                    origin.file().created().ifPresent(time -> map.put("created", time.toString()));
                    map.put("asset", origin.asset());
                    map.put("role", TextFormat.hyphenated(origin.role()));
                    map.put("knownByFingerprint", origin.claimed());
                    return map;
                })
                .toList();
        return new JsonEvent("why")
                .with("path", known.stored().path())
                .with("backup", root.toString())
                .with("captured", known.captured().map(TextFormat::iso))
                .with("capturedFrom", known.captured().map(time -> TextFormat.hyphenated(time.origin())))
                .with("stem", known.stored().stem())
                .with("role", known.stored().role().map(TextFormat::hyphenated))
                .with("sha256", known.stored().sha256())
                .with("fingerprint", known.state().evidence().fingerprint().map(Object::toString))
                .with("proof", known.state().evidence().proof().map(TextFormat::hyphenated))
                .with(
                        "bytes",
                        known.stored().size() < 0
                                ? Optional.empty()
                                : Optional.of(known.stored().size()))
                .with("run", known.run())
                .with("storedAt", known.run().flatMap(WhyCommand::time))
                .with("verified", known.state().verified())
                .with("damaged", known.state().damaged())
                .with("origins", origins);
    }
}
