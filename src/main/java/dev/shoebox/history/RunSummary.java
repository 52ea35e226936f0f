package dev.shoebox.history;

import dev.shoebox.photos.source.PassedOver.Kind;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.text.Amounts;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a run means to a person, the most important thing first.
 *
 * @param headline one sentence
 * @param explanation details that the headline does not contain
 * @param advice what to do, if anything
 */
public record RunSummary(Mood mood, String headline, Optional<String> explanation, Optional<String> advice) {
    /** The severity. */
    public enum Mood {
        GOOD,
        MIND,
        BAD
    }

    /** Summarises a run by its ending and its result. */
    public static RunSummary of(RunRecord run) {
        if (run.ending().isEmpty()) {
            return new RunSummary(
                    Mood.MIND,
                    "This " + noun(run) + " did not finish.",
                    Optional.of("It is still running, or the computer was switched off, or the program was killed."),
                    Optional.of("Run it again to continue. Files already copied are safe."));
        }
        RunRecord.Ending end = run.ending().get();
        return switch (end.how()) {
            case DONE -> good(run);
            case INCOMPLETE ->
                new RunSummary(
                        Mood.MIND,
                        Optional.of(run.result().counts().failed())
                                .filter(count -> count > 0)
                                .map(count -> Amounts.count(count, "file") + " could not be backed up.")
                                .or(() -> run.result().notSafe().broken())
                                .or(() -> run.result().omitted().flatMap(omitted -> unread(run, omitted)))
                                .orElse(
                                        run.kind() == RunRecord.Kind.VERIFY
                                                ? "You do not have permission to read some files."
                                                : "Some files could not be backed up."),
                        Optional.of(sentences(List.of(
                                run.result().counts().failed() > 0
                                        ? run.result().notSafe().broken()
                                        : Optional.empty(),
                                safeRest(run),
                                run.result().notSafe().parts(),
                                Optional.of(String.join(" ", run.failedCopies()))
                                        .filter(text -> !text.isEmpty())))),
                        Optional.of("Run the backup again to retry these files. Safe files are not copied again."));
            case DAMAGED ->
                new RunSummary(
                        Mood.BAD,
                        Optional.of(run.result().counts().damaged())
                                .filter(count -> count > 0)
                                .map(count -> Amounts.count(count, "file") + " in the backup "
                                        + (count == 1 ? "is" : "are") + " damaged or missing.")
                                .orElse("Files in the backup are damaged or missing."),
                        end.message(),
                        Optional.of("Connect the iPhone or a second backup, then run 'shoebox repair'."));
            case AFTER_HOOK_FAILED -> followed(run, end);
            case NOTHING_TO_DO_NOW -> new RunSummary(Mood.MIND, end.how().sentence(), end.message(), Optional.empty());
            case INTERRUPTED ->
                new RunSummary(
                        Mood.MIND,
                        "The " + noun(run) + " was interrupted.",
                        end.message(),
                        Optional.of("Run it again to continue. Files already copied are safe."));
            default ->
                new RunSummary(
                        end.how() == RunEnding.BUG ? Mood.BAD : Mood.MIND,
                        ended(run, end.how()),
                        end.message(),
                        Optional.of("Fix that, then run it again. Files already copied are safe."));
        };
    }

    private static RunSummary followed(RunRecord run, RunRecord.Ending end) {
        boolean isCopy = run.followUps().stream().anyMatch(each -> each.isCopy() && each.isFailed());
        return new RunSummary(
                Mood.BAD,
                good(run).headline().replaceFirst("\\.$", "")
                        + (isCopy
                                ? ", but a second copy is not complete."
                                : ", but the command after the backup failed."),
                end.message(),
                Optional.of(
                        isCopy
                                ? "Fix the problem with the second copy; the next backup continues it. The "
                                        + "backup itself is fine."
                                : "Run that command by hand to see why. The backup itself is fine."));
    }

    private static RunSummary good(RunRecord run) {
        if (run.kind() == RunRecord.Kind.VERIFY) {
            return new RunSummary(
                    Mood.GOOD, "All files that were read are intact.", Optional.empty(), Optional.empty());
        }
        String on = run.source().map(SourceId::name).map(name -> " on " + name).orElse("");
        if (run.kind() == RunRecord.Kind.FILES) {
            return files(run, on);
        }
        UnsafeFiles notSafe = run.result().notSafe();
        String more = notSafe.more().map(words -> "; " + words).orElse("") + ".";
        RunResult.Counts counts = run.result().counts();
        String headline;
        if (counts.assets() == 0) {
            headline = "There was nothing to back up" + on + more;
        } else if (counts.assets() == 1 && notSafe.assets() == 0) {
            headline = "The one photo or video" + on + " is safe" + more;
        } else {
            headline = Amounts.count(Math.max(0, counts.assets() - notSafe.assets()))
                    + (notSafe.assets() == 0 ? "" : " of " + Amounts.count(counts.assets()))
                    + " photos and videos" + on + " are safe" + more;
        }
        boolean isNothingNew = counts.assets() > 0 && counts.copied() + counts.duplicates() == 0;
        return new RunSummary(
                notSafe.assets() == 0 && notSafe.more().isEmpty() ? Mood.GOOD : Mood.MIND,
                headline,
                Optional.of(sentences(List.of(
                                notSafe.broken(),
                                notSafe.parts(),
                                isNothingNew
                                        ? Optional.of("Nothing new since the previous backup.")
                                        : Optional.empty())))
                        .filter(text -> !text.isEmpty()),
                Optional.empty());
    }

    private static RunSummary files(RunRecord run, String on) {
        RunResult.Counts counts = run.result().counts();
        int files = counts.copied() + counts.duplicates() + counts.alreadyBackedUp();
        return new RunSummary(
                Mood.GOOD,
                files == 0
                        ? "There were no other files to back up" + on + "."
                        : Amounts.count(files, "file") + on
                                + (files == 1 ? " that is not a photo is" : " that are not photos are") + " safe.",
                Optional.empty(),
                Optional.empty());
    }

    /** Says what is safe if not everything is. */
    private static Optional<String> safeRest(RunRecord run) {
        return Optional.of("Everything else on it is safe"
                + run.result().notSafe().more().map(words -> "; " + words).orElse("") + ".");
    }

    /** Says what could not be read in a run without failures. */
    private static Optional<String> unread(RunRecord run, Omitted omitted) {
        if (run.result().counts().assets() == 0 && omitted.leftOut() == 0) {
            return Optional.of("There was nothing to back up"
                    + run.source().map(source -> " in " + source.name()).orElse("") + ".");
        }
        return omitted.passedOver().keySet().stream().anyMatch(Kind::mayHoldPhotos)
                ? Optional.of("Some archives cannot be read and may contain photos.")
                : Optional.empty();
    }

    private static String sentences(List<Optional<String>> some) {
        return some.stream().flatMap(Optional::stream).collect(Collectors.joining(" "));
    }

    private static String ended(RunRecord run, RunEnding how) {
        return switch (how) {
            case SOURCE_LOST ->
                "What the " + (run.kind() == RunRecord.Kind.FILES ? "files" : "photos")
                        + " come from was disconnected before the " + noun(run) + " was complete.";
            case BAD_USAGE, TOO_OLD, UNTOLD -> "The " + noun(run) + " ended before it was complete.";
            default -> how.sentence();
        };
    }

    private static String noun(RunRecord run) {
        return switch (run.kind()) {
            case VERIFY -> "verification";
            case FILES -> "backup of files";
            case BACKUP -> "backup";
        };
    }
}
