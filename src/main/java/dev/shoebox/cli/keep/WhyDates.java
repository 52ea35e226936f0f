package dev.shoebox.cli.keep;

import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.JsonEvent;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.destination.Provenance;
import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.metadata.Metadata;
import dev.shoebox.photos.metadata.field.DateClaim;
import dev.shoebox.photos.metadata.field.MediaFacts;
import dev.shoebox.photos.metadata.field.ShotDetails;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Every date in the stored files of a photo: which one counts, and the others. Reads the files again. */
final class WhyDates {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
    private static final int MOST_FILES = 20;

    /** @param counts whether this is the date of the photo */
    private record Said(String file, DateClaim claim, boolean counts, boolean refused) {}

    private final List<Said> said;
    private final MediaFacts own;

    private WhyDates(List<Said> said, MediaFacts own) {
        this.said = said;
        this.own = own;
    }

    /**
     * @param file may be missing
     * @param now names give no date in the future
     */
    static WhyDates of(Provenance known, Path file, Instant now) {
        List<Said> said = new ArrayList<>();
        MediaFacts own = MediaFacts.NONE;
        for (Path each : files(known, file)) {
            MediaFacts facts = read(each);
            own = each.equals(file) ? facts : own;
            String name = each.getFileName().toString();
            facts.dates().forEach(claim -> said.add(new Said(name, claim, false, false)));
            facts.refused().forEach(claim -> said.add(new Said(name, claim, false, true)));
        }
        known.captured()
                .flatMap(time -> elsewhere(time.origin())
                        .map(where -> new Said(where, new DateClaim(time, "as that run read it"), false, false)))
                .ifPresent(told -> said.add(0, told));
        known.origins().stream()
                .findFirst()
                .flatMap(origin -> CaptureTime.ofName(origin.file().name(), now)
                        .map(time -> new Said(origin.file().name(), new DateClaim(time, "its name"), false, false)))
                .ifPresent(said::add);
        for (int i = 0; i < said.size(); i++) {
            Said each = said.get(i);
            boolean same = known.captured()
                    .filter(time -> time.local().equals(each.claim().time().local())
                            || time.instant()
                                    .filter(instant ->
                                            each.claim().time().instant().equals(Optional.of(instant)))
                                    .isPresent())
                    .isPresent();
            if (same && !each.refused()) {
                said.set(i, new Said(each.file(), each.claim(), true, false));
                break;
            }
        }
        return new WhyDates(said, own);
    }

    /** Describes the origin of a date that is in no file of the photo. */
    private static Optional<String> elsewhere(CaptureTime.Origin origin) {
        return switch (origin) {
            case OWNER, LIBRARY -> Optional.of("the Photos library");
            case EXPORT -> Optional.of("the files of the export");
            default -> Optional.empty();
        };
    }

    /** Returns the file, and the photo's others, which share its stem. */
    private static List<Path> files(Provenance known, Path file) {
        List<Path> files = new ArrayList<>();
        Path folder = file.getParent();
        String stem = known.stored().stem().substring(known.stored().stem().lastIndexOf('/') + 1);
        if (Files.isRegularFile(file)) {
            files.add(file);
        }
        try (DirectoryStream<Path> beside = Files.newDirectoryStream(folder, entry -> {
            String name = entry.getFileName().toString();
            return name.startsWith(stem + ".") || name.startsWith(stem + "_");
        })) {
            for (Path other : beside) {
                if (!other.equals(file) && files.size() < MOST_FILES && Files.isRegularFile(other)) {
                    files.add(other);
                }
            }
        } catch (IOException gone) {
            // Then the others are not shown.
        }
        return files;
    }

    private static MediaFacts read(Path file) {
        try (var bytes = Files.newByteChannel(file)) {
            return Metadata.readAll(bytes);
        } catch (IOException unreadable) {
            return MediaFacts.NONE;
        }
    }

    void show(Console console) {
        for (Said each : said) {
            CaptureTime time = each.claim().time();
            console.result("  " + (each.counts() ? "Date from " : "Not used  ") + each.file() + ", "
                    + each.claim().field()
                    + ": " + TIME.format(time.local())
                    + time.offset().map(offset -> " " + offset).orElse("")
                    + (each.refused() ? " (a clock that was never set)" : ""));
        }
        details().forEach((name, value) -> console.result("  " + (name + " ".repeat(10)).substring(0, 10) + value));
    }

    private Map<String, Object> details() {
        Map<String, Object> all = new LinkedHashMap<>();
        ShotDetails details = own.details();
        Optional<String> camera = own.cameraModel().map(model -> own.cameraMake()
                .filter(make -> !model.startsWith(make))
                .map(make -> make + " " + model)
                .orElse(model));
        camera.ifPresent(text -> all.put("Camera", text));
        details.lens().ifPresent(text -> all.put("Lens", text));
        details.exposure().ifPresent(text -> all.put("Exposure", text));
        details.size().ifPresent(size -> all.put("Size", size.width() + " x " + size.height()));
        details.place()
                .ifPresent(place -> all.put(
                        "Position", String.format(Locale.ROOT, "%.5f, %.5f", place.latitude(), place.longitude())));
        details.title().ifPresent(text -> all.put("Title", text));
        if (!details.keywords().isEmpty()) {
            all.put("Keywords", String.join(", ", details.keywords()));
        }
        return all;
    }

    JsonEvent addTo(JsonEvent event) {
        List<Map<String, Object>> dates = said.stream()
                .map(each -> {
                    Map<String, Object> map = new LinkedHashMap<>();
                    map.put("file", each.file());
                    map.put("field", each.claim().field());
                    map.put("date", TextFormat.iso(each.claim().time()));
                    map.put("counts", each.counts());
                    map.put("refused", each.refused());
                    return map;
                })
                .toList();
        Map<String, Object> details = new LinkedHashMap<>();
        details().forEach((name, value) -> details.put(name.toLowerCase(Locale.ROOT), value));
        return event.with("dates", dates).with("details", details);
    }
}
