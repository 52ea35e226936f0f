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
import java.util.stream.Stream;

/**
 * What of a run is worth telling a person who did not watch it: damage, copies that are not made, the first backup that was
 * completed, and that none was completed for too long. One miss is none of these. Each is told by itself, again after a week,
 * and once more when it is over.
 */
public final class Alarm {
    /** How long a person is left in peace. */
    private static final Duration WEEK = Duration.ofDays(7);

    private static final String DAMAGE = "damage ";
    private static final String HOOK = "hook ";
    private static final String COPY = "copy ";
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
     * What is to be told after a run.
     *
     * @param run that ended
     * @param before what is remembered of earlier ones
     * @param wanted whether a source is one that the run may have been for; matters where it ended before it saw any
     */
    public List<Notice> after(RunRecord run, List<RunRecord> before, Predicate<SourceId> wanted) {
        Instant now = run.ended();
        return Stream.of(
                        damage(run).stream(),
                        copies(run, before, now),
                        failedCommand(run).stream(),
                        first(run, before).stream(),
                        mayBeOverdue(run) ? overdue(run, before, wanted, now).stream() : Stream.<Notice>empty())
                .flatMap(notices -> notices)
                .filter(notice -> isNews(notice, now))
                .toList();
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
            // Earlier versions told this without saying of which iPhone; it is over once, whichever was told.
            Stream.of(overdueKey(run, run.source()), overdueKey(run, Optional.empty()))
                    .filter(told::containsKey)
                    .map(key -> new Notice(
                            key,
                            "Backups of " + name(run) + " complete again",
                            RunSummary.of(run).headline()))
                    .forEach(over::add);
        }
        if (isBackup && run.isComplete() && run.followUps().stream().noneMatch(Alarm::isFailedCommand)) {
            over.add(new Notice(
                    HOOK + run.destination(), "The command after the backup of " + name(run) + " works again", ""));
        }
        run.followUps().stream()
                .filter(each -> each.isCopy() && each.state() == FollowUp.State.DONE)
                .map(copy -> new Notice(
                        copyKey(run, copy),
                        "The second copy of " + name(run) + " is complete again",
                        copy.subject() + " holds everything in " + run.destination() + "."))
                .forEach(over::add);
        if ((run.isGood() || (isBackup && run.isComplete())) && damaged(run) == 0) {
            over.add(new Notice(
                    DAMAGE + run.destination(),
                    "The photos in the backup are intact again",
                    "No file in " + run.destination() + " is known to be damaged or missing."));
        }
        return over.stream().filter(notice -> told.containsKey(notice.key())).toList();
    }

    /**
     * What is to be told where nothing ran for a while, if anything.
     *
     * @param runs that are remembered
     * @param wanted which sources should come
     */
    public Optional<Notice> absence(List<RunRecord> runs, Predicate<SourceId> wanted, Instant now) {
        List<RunRecord> backups = runs.stream()
                .filter(run -> run.kind() == RunRecord.Kind.BACKUP)
                .sorted(RunRecord.latestFirst(now))
                .toList();
        return backups.stream()
                .filter(run -> run.source().filter(wanted).isPresent())
                .findFirst()
                .or(() -> backups.stream().filter(run -> run.source().isEmpty()).findFirst())
                .flatMap(last -> overdue(last, runs, wanted, now))
                .filter(notice -> isNews(notice, now));
    }

    /** Whether something was not told within the last week. */
    public boolean isNews(Notice notice, Instant now) {
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
                                + " are damaged or missing. Run 'shoebox repair' to restore them from the "
                                + "iPhone or a second backup."));
    }

    /** One that fails is told at once; one whose drive is away, when it is as old as a backup may be. */
    private Stream<Notice> copies(RunRecord run, List<RunRecord> before, Instant now) {
        return run.followUps().stream().filter(FollowUp::isCopy).flatMap(copy -> switch (copy.state()) {
            case DONE -> Stream.empty();
            case FAILED ->
                Stream.of(new Notice(
                        copyKey(run, copy), "The second copy of " + name(run) + " is not complete", copy.message()));
            case AWAY -> {
                Duration age = Duration.between(lastDone(copy, run, before), now);
                yield age.compareTo(longest) <= 0
                        ? Stream.empty()
                        : Stream.of(new Notice(
                                copyKey(run, copy),
                                "The second copy of " + name(run) + " is " + Amounts.age(age) + " behind",
                                copy.message() + " Connect its drive: the next backup updates it."));
            }
        });
    }

    /** When a second copy was last whole, or else was first wanted. */
    private static Instant lastDone(FollowUp copy, RunRecord run, List<RunRecord> before) {
        List<RunRecord> same = before.stream()
                .filter(other -> other.destination().equals(run.destination()) && !other.isAfter(run.started()))
                .filter(other -> of(copy, other).findAny().isPresent())
                .toList();
        return same.stream()
                .filter(other -> of(copy, other).anyMatch(each -> each.state() == FollowUp.State.DONE))
                .map(RunRecord::started)
                .max(Comparator.naturalOrder())
                .or(() -> same.stream().map(RunRecord::started).min(Comparator.naturalOrder()))
                .orElse(run.started());
    }

    private static Stream<FollowUp> of(FollowUp copy, RunRecord run) {
        return run.followUps().stream()
                .filter(each -> each.isCopy() && each.subject().equals(copy.subject()));
    }

    private static String copyKey(RunRecord run, FollowUp copy) {
        return COPY + run.destination() + " " + copy.subject();
    }

    private static boolean isFailedCommand(FollowUp each) {
        return each.isRunAfter() && each.isFailed();
    }

    /** A copy elsewhere that is made no more is missed on the day when only it is left. */
    private static Optional<Notice> failedCommand(RunRecord run) {
        return run.followUps().stream()
                .filter(Alarm::isFailedCommand)
                .findFirst()
                .map(each -> new Notice(
                        HOOK + run.destination(),
                        "The command after the backup of " + name(run) + " failed",
                        each.message()));
    }

    private static Optional<Notice> first(RunRecord run, List<RunRecord> before) {
        boolean isFirst = run.isGood()
                && run.kind() == RunRecord.Kind.BACKUP
                && before.stream()
                        .filter(other -> !other.id().equals(run.id()))
                        .noneMatch(isSameBackup(run, source -> true).and(RunRecord::isGood));
        return isFirst
                ? Optional.of(new Notice(
                        "first " + name(run) + " " + run.destination(),
                        "The first backup of " + name(run) + " is complete",
                        RunSummary.of(run).headline()))
                : Optional.empty();
    }

    /** What copies other files than photos says nothing of when photos were copied. */
    private static boolean mayBeOverdue(RunRecord run) {
        return !run.isComplete() && run.kind() != RunRecord.Kind.FILES;
    }

    /** Counted from the last good one, or from when it was first tried. */
    private Optional<Notice> overdue(RunRecord run, List<RunRecord> before, Predicate<SourceId> wanted, Instant now) {
        // A run of the future, from when the clock was wrong, would keep the alarm silent until then.
        Predicate<RunRecord> same = isSameBackup(run, wanted).and(other -> !other.isAfter(now));
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
        Optional<SourceId> missing = run.source().or(() -> only(before.stream().filter(same)));
        String name = missing.map(SourceId::name).orElse("the iPhone");
        String title = lastGood.isPresent()
                ? "No backup of " + name + " for " + Amounts.age(age)
                : "No backup of " + name + " has ever completed";
        String why = run.message().orElse(RunSummary.of(run).headline());
        return Optional.of(new Notice(overdueKey(run, missing), title, why));
    }

    private static String overdueKey(RunRecord run, Optional<SourceId> source) {
        return OVERDUE
                + run.destination()
                + source.map(known -> " " + known.id()).orElse("");
    }

    /** The one source of all these runs; empty where there are several. */
    private static Optional<SourceId> only(Stream<RunRecord> runs) {
        List<SourceId> sources = runs.flatMap(run -> run.source().stream()).toList();
        return sources.stream().map(SourceId::id).distinct().count() == 1
                ? Optional.of(sources.get(0))
                : Optional.empty();
    }

    /** A run that ended before it saw a phone stands for every phone that it may have been for. */
    private static Predicate<RunRecord> isSameBackup(RunRecord run, Predicate<SourceId> wanted) {
        return other -> other.kind() == RunRecord.Kind.BACKUP
                && other.destination().equals(run.destination())
                && (other.source().isEmpty()
                        || run.source()
                                .map(known ->
                                        known.id().equals(other.source().get().id()))
                                .orElseGet(() -> wanted.test(other.source().get())));
    }

    private static String name(RunRecord run) {
        return run.source().map(SourceId::name).orElse("the iPhone");
    }
}
