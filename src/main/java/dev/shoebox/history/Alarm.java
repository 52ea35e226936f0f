package dev.shoebox.history;

import dev.shoebox.photos.source.SourceId;
import dev.shoebox.text.Amounts;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What of a run is worth telling a person who did not watch it: damage, the first backup that was completed, and that none
 * was completed for too long. One miss is none of these. What was told is told again after a week, and when it is over.
 */
public final class Alarm {
    /** How long a person is left in peace. */
    private static final Duration WEEK = Duration.ofDays(7);

    private static final String DAMAGE = "damage ";
    private static final String HOOK = "hook ";
    private static final String OVERDUE = "overdue ";

    private final Duration longest;
    private final Map<String, Instant> told;

    /**
     * One thing to tell.
     *
     * @param key names it among those that were told
     */
    public record Notice(String key, String title, String text) {}

    /**
     * @param longest how long a backup may be missing
     * @param told when each thing was last told, by its key
     */
    public Alarm(Duration longest, Map<String, Instant> told) {
        this.longest = longest;
        this.told = Map.copyOf(told);
    }

    /**
     * What is to be told after a run, if anything.
     *
     * @param run that ended
     * @param before what is remembered of earlier ones
     */
    public Optional<Notice> after(RunRecord run, List<RunRecord> before) {
        Instant now = run.ended();
        return damage(run)
                .or(() -> failedHook(run))
                .or(() -> first(run, before))
                .or(() -> run.isComplete() ? Optional.empty() : overdue(run, before, now))
                .filter(notice -> isNews(notice, now));
    }

    /**
     * What was told and is over.
     *
     * @param run that ended
     */
    public List<Notice> over(RunRecord run) {
        boolean isBackup = run.kind() == RunRecord.Kind.BACKUP;
        List<Notice> over = new ArrayList<>();
        if (isBackup && run.isComplete()) {
            over.add(new Notice(
                    OVERDUE + run.destination(),
                    "Backups of " + name(run) + " are completed again",
                    RunSummary.of(run).headline()));
        }
        if (isBackup && run.isGood() && !run.isAfterHookFailed()) {
            over.add(new Notice(
                    HOOK + run.destination(), "The command after the backup of " + name(run) + " works again", ""));
        }
        if (run.isGood() && damaged(run) == 0) {
            over.add(new Notice(
                    DAMAGE + run.destination(),
                    "The photos in the backup are whole again",
                    "None in " + run.destination() + " is known to be damaged or missing any more."));
        }
        return over.stream().filter(notice -> told.containsKey(notice.key())).toList();
    }

    /**
     * What is to be told where nothing ran for a while, if anything.
     *
     * @param runs that are remembered
     */
    public Optional<Notice> absence(List<RunRecord> runs, Instant now) {
        return runs.stream()
                .filter(run -> run.kind() == RunRecord.Kind.BACKUP)
                .min(RunRecord.latestFirst(now))
                .flatMap(last -> overdue(last, runs, now))
                .filter(notice -> isNews(notice, now));
    }

    private boolean isNews(Notice notice, Instant now) {
        Instant last = told.get(notice.key());
        // Where a clock was wrong the last time lies in the future; that must not silence for ever.
        return last == null || Duration.between(last, now).abs().compareTo(WEEK) >= 0;
    }

    private static int damaged(RunRecord run) {
        return run.result().counts().damaged();
    }

    private static Optional<Notice> damage(RunRecord run) {
        int damaged = damaged(run);
        return damaged == 0
                ? Optional.empty()
                : Optional.of(new Notice(
                        DAMAGE + run.destination(),
                        "Photos in the backup are damaged",
                        Amounts.count(damaged, "file") + " in " + run.destination()
                                + " are damaged or missing. 'shoebox repair' brings them back from the iPhone or a second"
                                + " backup."));
    }

    /** A copy elsewhere that is made no more is missed on the day when only it is left. */
    private static Optional<Notice> failedHook(RunRecord run) {
        return run.isAfterHookFailed()
                ? Optional.of(new Notice(
                        HOOK + run.destination(),
                        "The command after the backup of " + name(run) + " failed",
                        run.message().orElse("")))
                : Optional.empty();
    }

    private static Optional<Notice> first(RunRecord run, List<RunRecord> before) {
        boolean isFirst = run.isGood()
                && run.kind() == RunRecord.Kind.BACKUP
                && before.stream()
                        .filter(other -> !other.id().equals(run.id()))
                        .noneMatch(isSameBackup(run).and(RunRecord::isGood));
        return isFirst
                ? Optional.of(new Notice(
                        "first " + name(run) + " " + run.destination(),
                        "The first backup of " + name(run) + " is complete",
                        RunSummary.of(run).headline()))
                : Optional.empty();
    }

    /** Counted from the last good one, or from when it was first tried. */
    private Optional<Notice> overdue(RunRecord run, List<RunRecord> before, Instant now) {
        // A run of the future, from when the clock was wrong, would keep the alarm silent until then.
        Predicate<RunRecord> same = isSameBackup(run).and(other -> !other.isAfter(now));
        Optional<Instant> lastGood = before.stream()
                .filter(same.and(RunRecord::isComplete))
                .map(RunRecord::started)
                .max(Comparator.naturalOrder());
        Instant since = lastGood.or(() ->
                        before.stream().filter(same).map(RunRecord::started).min(Comparator.naturalOrder()))
                .orElse(run.started());
        Duration age = Duration.between(since, now);
        if (age.compareTo(longest) <= 0) {
            return Optional.empty();
        }
        String title = lastGood.isPresent()
                ? "No backup of " + name(run) + " for " + Amounts.age(age)
                : "No backup of " + name(run) + " was ever completed";
        String why = run.message().orElse(RunSummary.of(run).headline());
        return Optional.of(new Notice(OVERDUE + run.destination(), title, why));
    }

    /** A run that ended before it saw a phone stands for every phone that goes to its destination. */
    private static Predicate<RunRecord> isSameBackup(RunRecord run) {
        return other -> other.kind() == RunRecord.Kind.BACKUP
                && other.destination().equals(run.destination())
                && (run.source().isEmpty()
                        || other.source().isEmpty()
                        || run.source().get().id().equals(other.source().get().id()));
    }

    private static String name(RunRecord run) {
        return run.source().map(SourceId::name).orElse("the iPhone");
    }
}
