package dev.shoebox.cli.keep;

import dev.shoebox.cli.configured.ConfiguredArguments;
import dev.shoebox.cli.option.SourceMatcher;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.JsonEvent;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.config.ConfigurationException;
import dev.shoebox.config.Profile;
import dev.shoebox.config.Table;
import dev.shoebox.destination.records.BackupStatus;
import dev.shoebox.history.RunEnding;
import dev.shoebox.history.RunRecord;
import dev.shoebox.phonebackup.PhoneBackup;
import dev.shoebox.photos.source.SourceId;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Determines for {@code status --max-age} how old the last complete backup is, for each phone that was backed up here
 * or is configured to be: a phone that is absent for months must not hide behind another one. If there are no phones,
 * judges the most recent backup.
 */
final class BackupAge {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

    private final Console console;
    private final ConfiguredArguments configured;
    private final InstantSource clock;
    private final Duration allowed;

    BackupAge(Console console, ConfiguredArguments configured, InstantSource clock, Duration allowed) {
        this.console = console;
        this.configured = configured;
        this.clock = clock;
        this.allowed = allowed;
    }

    /**
     * A subject of the judgement.
     *
     * @param source empty for a phone that was never seen
     * @param last the end of its last complete backup
     */
    private record Subject(Optional<SourceId> source, Optional<String> name, Optional<Instant> last) {}

    /**
     * The backup to judge.
     *
     * @param id of the backup, if known
     */
    record Judged(Path root, Optional<String> id) {
        /** Returns whether a profile names this backup: by its id, or else by its path. */
        private boolean isOf(Profile profile) {
            return (id.isPresent() && profile.id().isPresent())
                    ? profile.id().equals(id)
                    : profile.path().normalize().equals(root.toAbsolutePath().normalize());
        }
    }

    /** Returns the end of the last complete backup of each source, according to the backup itself. */
    static Map<SourceId, Optional<Instant>> of(List<BackupStatus> sources) {
        Map<SourceId, Optional<Instant>> ends = new LinkedHashMap<>();
        sources.stream()
                .filter(status -> isOfPhotos(status.source()))
                .forEach(status ->
                        ends.put(status.source(), status.lastCompleteRun().map(RunRecord::ended)));
        return ends;
    }

    /** A backup of other files says nothing about photos. */
    private static boolean isOfPhotos(SourceId source) {
        return !source.isOfFiles();
    }

    /** Returns the same for an absent backup, according to this computer. */
    Map<SourceId, Optional<Instant>> known(List<RunRecord> runs) {
        Map<String, SourceId> names = new LinkedHashMap<>();
        Map<String, Optional<Instant>> ends = new LinkedHashMap<>();
        for (RunRecord run : runs) {
            if (run.source().filter(BackupAge::isOfPhotos).isPresent()) {
                SourceId source = run.source().get();
                names.putIfAbsent(source.id(), source);
                Optional<Instant> end =
                        Optional.of(run).filter(RunRecord::isComplete).map(RunRecord::ended);
                ends.merge(source.id(), end, (one, other) -> one.isPresent() ? one : other);
            }
        }
        Map<SourceId, Optional<Instant>> known = new LinkedHashMap<>();
        names.forEach((id, source) -> known.put(source, ends.get(id)));
        return known;
    }

    /**
     * Prints the age of every judged backup, the oldest last.
     *
     * @param sources the end of the last complete backup of each source
     * @param devices limits the judgement to these; empty for all
     */
    RunEnding judge(Map<SourceId, Optional<Instant>> sources, List<String> devices, Judged backup) throws IOException {
        List<Subject> subjects = new ArrayList<>();
        if (devices.isEmpty()) {
            subjects.addAll(all(sources, backup));
        } else {
            devices.forEach(device -> subjects.addAll(meant(sources, device)));
        }
        subjects.sort(Comparator.comparing(
                (Subject subject) -> subject.last().orElse(Instant.MIN), Comparator.reverseOrder()));
        subjects.sort(Comparator.comparing(this::isTooOld));
        boolean isNamed = !devices.isEmpty() || subjects.size() > 1;
        subjects.forEach(subject -> tell(subject, isNamed));
        return subjects.stream().anyMatch(this::isTooOld) ? RunEnding.TOO_OLD : RunEnding.DONE;
    }

    private static List<Subject> meant(Map<SourceId, Optional<Instant>> sources, String device) {
        List<Map.Entry<SourceId, Optional<Instant>>> all = sources.entrySet().stream()
                .filter(entry -> SourceMatcher.isMeant(entry.getKey(), device))
                .toList();
        boolean isPhone = all.stream().anyMatch(entry -> entry.getKey().kind() == SourceId.Kind.PHONE);
        List<Subject> meant = all.stream()
                // A backup from an old local backup says nothing about when the phone itself was backed up.
                .filter(entry -> !isPhone || entry.getKey().kind() != SourceId.Kind.PHONE_BACKUP)
                .map(BackupAge::subject)
                .toList();
        return meant.isEmpty() ? List.of(new Subject(Optional.empty(), Optional.of(device), Optional.empty())) : meant;
    }

    private List<Subject> all(Map<SourceId, Optional<Instant>> sources, Judged backup) throws IOException {
        List<Table> expected = expected(backup);
        List<Subject> subjects = new ArrayList<>(sources.entrySet().stream()
                .filter(entry -> entry.getKey().kind() == SourceId.Kind.PHONE
                        || expected.stream().anyMatch(phone -> isIt(entry.getKey(), phone)))
                .map(BackupAge::subject)
                .toList());
        for (Table phone : expected) {
            if (sources.keySet().stream().noneMatch(source -> isIt(source, phone))) {
                Optional<String> name = phone.text(ConfiguredArguments.NAME).or(() -> Optional.of(phone.name()));
                subjects.add(new Subject(Optional.empty(), name, Optional.empty()));
            }
        }
        if (subjects.isEmpty()) {
            Optional<Subject> newest = sources.entrySet().stream()
                    .map(BackupAge::subject)
                    .filter(subject -> subject.last().isPresent())
                    .max(Comparator.comparing(subject -> subject.last().orElseThrow()));
            subjects.add(newest.orElse(new Subject(Optional.empty(), Optional.empty(), Optional.empty())));
        }
        return subjects;
    }

    private static Subject subject(Map.Entry<SourceId, Optional<Instant>> source) {
        return new Subject(
                Optional.of(source.getKey()), Optional.of(source.getKey().name()), source.getValue());
    }

    /** Returns the phones configured for this destination. */
    private List<Table> expected(Judged backup) throws IOException {
        if (Files.notExists(configured.places().file())) {
            return List.of();
        }
        List<Table> expected = new ArrayList<>();
        try {
            for (Profile profile : configured.configuration().profiles()) {
                if (backup.isOf(profile)) {
                    expected.add(profile.phone());
                }
            }
        } catch (ConfigurationException faulty) {
            console.warn("Cannot determine which phones are to be backed up here: " + faulty.getMessage());
        }
        return expected;
    }

    /** A phone without udid and name in its table is any phone. */
    private static boolean isIt(SourceId source, Table phone) {
        Optional<String> from = phone.text("from");
        if (from.isPresent()) {
            return source.kind() == SourceId.Kind.PHONE_BACKUP
                    ? source.equals(backup(from.get()).orElse(null))
                    : source.kind() != SourceId.Kind.PHONE && source.id().equals(real(from.get()));
        }
        Optional<String> said = phone.text("udid").or(() -> phone.text(ConfiguredArguments.NAME));
        return source.kind() == SourceId.Kind.PHONE
                && said.map(word -> SourceMatcher.isMeant(source, word)).orElse(true);
    }

    /** Returns the source id of the local backup at a path, if there is one. */
    private static Optional<SourceId> backup(String path) {
        try {
            return Optional.of(PhoneBackup.of(Path.of(path)).id());
        } catch (IOException | RuntimeException away) {
            return Optional.empty();
        }
    }

    private static String real(String path) {
        try {
            return Path.of(path).toRealPath().toString();
        } catch (IOException | RuntimeException away) {
            return path;
        }
    }

    private Optional<Duration> age(Subject subject) {
        return subject.last().map(ended -> Duration.between(ended, clock.instant()));
    }

    /** The age of a backup dated in the future is unknown: after a clock error, it must not count for ever. */
    private boolean isTooOld(Subject subject) {
        return age(subject).filter(known -> known.abs().compareTo(allowed) <= 0).isEmpty();
    }

    private void tell(Subject subject, boolean isNamed) {
        Optional<Duration> age = age(subject);
        String whose = isNamed ? subject.name().map(name -> " of " + name).orElse("") : "";
        String words = age.map(known -> known.isNegative()
                        ? "The last complete backup" + whose + " is dated in the future, "
                                + MINUTE.format(subject.last().orElseThrow().atZone(ZoneId.systemDefault()))
                                + ": check the clock of this computer."
                        : "The last complete backup" + whose + " is " + TextFormat.age(known) + " old; the limit is "
                                + TextFormat.age(allowed) + ".")
                .orElse("There is no complete backup" + whose + " yet.");
        if (isTooOld(subject)) {
            console.warn(words);
        } else {
            console.outcome(words);
        }
        console.event(new JsonEvent("age")
                .with("tooOld", isTooOld(subject))
                .with("id", subject.source().map(SourceId::id))
                .with("name", subject.name())
                .with("lastCompleteRun", subject.last().map(Object::toString))
                .with("ageSeconds", age.map(Duration::toSeconds))
                .with("maxAgeSeconds", allowed.toSeconds()));
    }
}
