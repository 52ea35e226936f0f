package dev.shoebox.cli.browse;

import dev.shoebox.cli.configured.ConfiguredCopies;
import dev.shoebox.history.FollowUp;
import dev.shoebox.history.RunRecord;
import dev.shoebox.run.record.RecordedRuns;
import dev.shoebox.web.saving.PageWork.SecondCopy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The second copies that the configuration and earlier runs of a backup name. */
final class KnownCopies {
    private final ConfiguredCopies configured;
    private final RecordedRuns remembered;

    KnownCopies(ConfiguredCopies configured, RecordedRuns remembered) {
        this.configured = configured;
        this.remembered = remembered;
    }

    /** Returns those in the configuration, and those of the last run that had any. */
    List<SecondCopy> of(Path root) throws IOException {
        List<RunRecord> runs = remembered.here(root).stream()
                .filter(run -> steps(run).findAny().isPresent())
                .toList();
        Set<Path> folders = new LinkedHashSet<>();
        List<Path> filled = filled(root);
        folders.addAll(filled);
        runs.stream().limit(1).flatMap(KnownCopies::steps).forEach(step -> folders.add(whole(step)));
        return folders.stream()
                .map(folder -> copy(folder, filled.contains(folder), runs))
                .toList();
    }

    /** Returns those in the configuration; a folder that contains the backup, or is in it, is no copy of it. */
    List<Path> filled(Path root) throws IOException {
        Path named = whole(root);
        return configured.of(root).stream()
                .map(KnownCopies::whole)
                .filter(copy -> !copy.startsWith(named) && !named.startsWith(copy))
                .toList();
    }

    private static SecondCopy copy(Path folder, boolean isFilled, List<RunRecord> runs) {
        Optional<Instant> complete = runs.stream()
                .filter(run -> steps(run, folder).anyMatch(step -> step.state() == FollowUp.State.DONE))
                .map(RunRecord::ended)
                .findFirst();
        Optional<String> failure = runs.stream()
                .flatMap(run -> steps(run, folder))
                .findFirst()
                .filter(FollowUp::isFailed)
                .map(FollowUp::message);
        return new SecondCopy(folder, isFilled, complete, failure);
    }

    private static Stream<FollowUp> steps(RunRecord run) {
        return run.followUps().stream().filter(step -> step.kind() == FollowUp.Kind.SECOND_COPY);
    }

    private static Stream<FollowUp> steps(RunRecord run, Path folder) {
        return steps(run).filter(step -> whole(step).equals(folder));
    }

    private static Path whole(FollowUp step) {
        return whole(Path.of(step.subject()));
    }

    private static Path whole(Path path) {
        return path.toAbsolutePath().normalize();
    }
}
