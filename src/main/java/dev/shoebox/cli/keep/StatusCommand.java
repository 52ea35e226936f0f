package dev.shoebox.cli.keep;

import dev.shoebox.backup.event.MissingOriginal;
import dev.shoebox.backup.event.UnsafeFindings;
import dev.shoebox.cli.configured.ConfiguredArguments;
import dev.shoebox.cli.configured.ConfiguredCopies;
import dev.shoebox.cli.merge.SecondCopyStatus;
import dev.shoebox.cli.option.DestinationOption;
import dev.shoebox.cli.option.DurationConverter;
import dev.shoebox.cli.option.SourceMatcher;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.JsonEvent;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.ProvenanceReader;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.opening.Contents;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.records.BackupStatus;
import dev.shoebox.destination.tidy.Adopter;
import dev.shoebox.history.RunEnding;
import dev.shoebox.history.RunRecord;
import dev.shoebox.history.UnsafeFiles;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.run.record.RecordedRuns;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** {@code shoebox status DEST}. */
@Command(
        name = "status",
        header = "Show what is backed up, since when, and what a connected iPhone has that is not.",
        footer = {
            "",
            "Examples:",
            "  shoebox status ~/Pictures/iPhone",
            "  shoebox status --max-age 8d ~/Pictures/iPhone",
            "      Exit with 5 if no backup was completed in the last 8 days."
        })
public final class StatusCommand implements Callable<Integer> {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu-MM-dd");
    /** Time limit for inspecting files that an earlier version stored. The next backup inspects the rest. */
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(10);

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

    /** Time limit for finding unreadable files: people expect a quick status. */
    private static final Duration LONGEST_SEARCH = Duration.ofMillis(400);

    private final InstantSource clock;
    private final ConfiguredArguments configured;

    @Mixin
    private DestinationOption destination;

    @Option(
            names = "--max-age",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description =
                    "Exit with 5 if an iPhone that is configured, or was ever backed up here, has no complete backup, or"
                            + " none younger than this (8d, 36h). Does not access connected iPhones.")
    private Duration maxAge;

    @Option(
            names = "--device",
            paramLabel = "PHONE",
            description = "Only photos from this iPhone, by its UDID or name. May be repeated.")
    private List<String> devices = new ArrayList<>();

    @Option(
            names = "--compare",
            description = "Compare connected iPhones, however long that takes. Default: only those that can be listed"
                    + " within a second.")
    private boolean compare;

    @Mixin
    private final Console console;

    public StatusCommand(Console console, ConfiguredArguments configured, InstantSource clock) {
        this.configured = configured;
        this.console = console;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        Path root = destination.path();
        try (Destination opened = Destination.view(root, OpenMode.REQUIRE_EXISTING);
                ConnectedPhones phones = new ConnectedPhones(console, configured.places(), clock)) {
            if (maxAge == null) {
                phones.list();
            }
            List<BackupStatus> sources = opened.status().stream()
                    .filter(status -> isAskedFor(status.source()))
                    .toList();
            if (sources.isEmpty()) {
                console.outcome("Nothing" + (devices.isEmpty() ? "" : " of " + String.join(", ", devices))
                        + " is backed up in "
                        + TextFormat.path(root) + " yet.");
            }
            Contents contents = opened.memory().contents(LONGEST_LOOK);
            for (BackupStatus status : sources) {
                show(status, notSafe(opened, status.source(), contents));
            }
            Set<String> damaged = opened.damaged();
            damage(damaged, root);
            Set<String> contradicted = opened.memory().contradicted();
            contradicted(contradicted, root);
            failedHook(new RecordedRuns(configured.places().state(), clock, console::warn).of(opened, root));
            ProvenanceReader.Denied search = opened.memory().denied(LONGEST_SEARCH);
            Map<String, String> denied = search.files();
            denied(denied);
            new SecondCopyStatus(console, new ConfiguredCopies(configured)).tell(opened);
            boolean isAllWell = damaged.isEmpty()
                    && denied.isEmpty()
                    && contradicted.isEmpty()
                    && contents.implausible().isEmpty()
                    && contents.unassessed().isEmpty();
            opened.proofs().leastRecentProof().ifPresent(oldest -> proof(oldest, isAllWell, root));
            if (maxAge != null) {
                return age(maxAge)
                        .judge(BackupAge.of(sources), devices, new BackupAge.Judged(root, opened.id()))
                        .number();
            }
            phones.tell(
                    opened,
                    source -> notSafe(opened, source, contents),
                    !denied.isEmpty() || !contradicted.isEmpty()
                            ? ConnectedPhones.Intact.NOT_ALL
                            : search.isWhole() ? ConnectedPhones.Intact.ALL : ConnectedPhones.Intact.UNKNOWN,
                    compare ? ConnectedPhones.Patience.WHATEVER_IT_TAKES : ConnectedPhones.Patience.A_MOMENT);
        } catch (DestinationException.Absent | DestinationException.NotAShoebox away) {
            return judgedFromHere(root, away).number();
        }
        return RunEnding.DONE.number();
    }

    private BackupAge age(Duration allowed) {
        return new BackupAge(console, configured, clock, allowed);
    }

    private boolean isAskedFor(SourceId source) {
        return devices.isEmpty() || devices.stream().anyMatch(device -> SourceMatcher.isMeant(source, device));
    }

    /** An absent drive must not silence the alarm: this computer knows when it was last present. */
    private RunEnding judgedFromHere(Path root, DestinationException away) throws IOException {
        List<RunRecord> known = new RecordedRuns(configured.places().state(), clock, console::warn)
                .here(root).stream()
                        .filter(run -> run.kind() == RunRecord.Kind.BACKUP)
                        .toList();
        if (maxAge == null || known.isEmpty()) {
            throw away;
        }
        console.say(away.getMessage());
        failedHook(known);
        BackupAge age = age(maxAge);
        Optional<String> shoebox =
                known.stream().flatMap(run -> run.shoebox().stream()).findFirst();
        return age.judge(age.known(known), devices, new BackupAge.Judged(root, shoebox));
    }

    private static UnsafeFiles notSafe(Destination opened, SourceId source, Contents contents) throws IOException {
        List<MediaFile> broken = opened.memory().broken(source, contents);
        int assets = (int) broken.stream()
                .map(file -> UnsafeFindings.base(file.path()))
                .distinct()
                .count();
        boolean absencesKnown = opened.memory().libraryNotes(source).isPresent();
        return UnsafeFindings.of(
                assets, broken.size(), MissingOriginal.remembered(opened, source), absencesKnown, List.of());
    }

    private void show(BackupStatus status, UnsafeFiles notSafe) {
        console.outcome(status.source().name());
        boolean photos = !status.source().isOfFiles();
        console.outcome("  " + (photos ? TextFormat.photos(status.assets()) + ", " : "other files: ")
                + TextFormat.count(status.files(), "file") + ", "
                + TextFormat.bytes(status.bytes())
                + status.newest()
                        .map(newest -> "; the newest of " + newest.format(DAY))
                        .orElse(""));
        Stream.of(notSafe.broken(), notSafe.more().map(more -> more + ", and not in this backup."), notSafe.parts())
                .flatMap(Optional::stream)
                .forEach(sentence -> console.outcome("  " + sentence));
        if (Adopter.isAdopted(status.source())) {
            console.outcome("  They were in this folder before and count as backed up.");
        } else {
            console.outcome("  Last complete backup: "
                    + status.lastCompleteRun().map(this::when).orElse("none yet"));
        }
        status.lastRun()
                .filter(last -> last.how().orElseThrow() != RunEnding.DONE)
                .ifPresent(last -> console.result("  Last attempt: " + when(last) + ", "
                        + (last.left() > 0
                                ? "not finished: " + TextFormat.count(last.left(), "file") + " left"
                                : "not everything is safe")
                        + " (exit code " + last.how().orElseThrow().number() + ")"));
        console.event(new JsonEvent("source")
                .with("kind", TextFormat.hyphenated(status.source().kind()))
                .with("id", status.source().id())
                .with("name", status.source().name())
                .with("photosAndVideos", photos ? status.assets() : 0)
                .with("files", status.files())
                .with("bytes", status.bytes())
                .with("newest", status.newest().map(Object::toString))
                .with("implausible", notSafe.files())
                .with("onlyInICloud", notSafe.onlyInICloud())
                .with("stillsOfLivePhotos", notSafe.stills())
                .with("withoutRaw", notSafe.withoutRaw())
                .with("lastCompleteRun", status.lastCompleteRun().map(run -> run.ended()
                        .toString()))
                .with("lastRun", status.lastRun().map(run -> run.ended().toString()))
                .with("lastExitCode", status.lastRun().flatMap(RunRecord::how).map(RunEnding::number)));
    }

    /** A photo is proven when it is copied, and whenever it is verified. */
    private void proof(Instant oldest, boolean isAllWell, Path root) {
        console.outcome("Every " + (isAllWell ? "photo" : "other file") + " here was proven since " + when(oldest)
                + "; " + TextFormat.command("verify", root) + " reads them.");
        console.event(new JsonEvent("proof")
                .with("oldest", oldest.toString())
                .with("ageDays", Duration.between(oldest, clock.instant()).toDays()));
    }

    /** @param files unreadable files with reasons */
    private void denied(Map<String, String> files) {
        files.values().stream().findFirst().ifPresent(why -> {
            console.warn(TextFormat.denied(files.size(), why));
            console.event(new JsonEvent("denied").with("files", files.size()).with("message", why));
        });
    }

    private void damage(Set<String> damaged, Path root) {
        if (!damaged.isEmpty()) {
            console.warn(TextFormat.damage(damaged.size(), root));
            console.event(new JsonEvent("damage").with("files", damaged.size()));
        }
    }

    /** @param paths files whose checksum in {@code SHA256SUMS} differs from the recorded one */
    private void contradicted(Set<String> paths, Path root) {
        if (!paths.isEmpty()) {
            console.warn(TextFormat.contradicted(paths.size(), root));
            console.event(new JsonEvent("contradicted").with("files", paths.size()));
        }
    }

    /** @param runs the newest first */
    private void failedHook(List<RunRecord> runs) {
        runs.stream()
                .filter(run -> run.kind() == RunRecord.Kind.BACKUP && run.isComplete())
                .findFirst()
                .ifPresent(last -> last.failedCopies().forEach(why -> {
                    Instant at = last.ending().orElseThrow().at();
                    console.warn(why + " (" + when(at) + ")");
                    console.event(new JsonEvent("run-after-failed")
                            .with("at", at.toString())
                            .with("message", why));
                }));
    }

    private String when(RunRecord run) {
        return when(run.ended());
    }

    private String when(Instant time) {
        long days = Duration.between(time, clock.instant()).toDays();
        return MINUTE.format(time.atZone(ZoneId.systemDefault()))
                + (days < 1 ? "" : " (" + TextFormat.count(days, "day") + " ago)");
    }
}
