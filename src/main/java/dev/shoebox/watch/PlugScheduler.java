package dev.shoebox.watch;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Decides when to start which job: once each time a phone is connected, one run after another. A run that found nothing
 * to do is retried later. Thread-safe.
 */
public final class PlugScheduler {
    private static final Duration FIRST_RETRY = Duration.ofMinutes(15);
    private static final Duration LONGEST_RETRY = Duration.ofHours(2);

    /** Two clocks always differ by less, unless the computer slept or its clock was set. */
    private static final Duration LEAP = Duration.ofSeconds(60);

    private static final int SHORT_UDID = 8;

    private final List<Task> tasks;
    private final Starter starter;
    private final Consumer<String> say;
    private final Map<String, Long> plugged = new HashMap<>();
    private long plugs;
    private Task running; // or null
    private Moment last; // or null
    private List<Path> mounted; // or null
    private Duration monotonic = Duration.ZERO;

    /**
     * A job that may be started.
     *
     * @param name the name of its profile
     * @param udid the UDID of its phone, or at least the last 8 characters; empty for any phone
     */
    public record Job(String name, Optional<String> udid) {
        boolean isFor(String phone) {
            return udid.isEmpty() || plain(phone).endsWith(plain(udid.get()));
        }

        private static String plain(String udid) {
            return udid.toLowerCase(Locale.ROOT).replace("-", "");
        }
    }

    /** Starts a run and returns. {@link #ended} is called when it is over. */
    public interface Starter {
        void start(Job job);
    }

    private record Moment(Instant wall, Duration monotonic) {}

    private static final class Task {
        final Job job;
        final Set<Long> served = new HashSet<>();
        Set<Long> beingServed = Set.of();
        Duration notBefore = Duration.ZERO;
        Duration retry = FIRST_RETRY;

        Task(Job job) {
            this.job = job;
        }

        void now() {
            notBefore = Duration.ZERO;
            retry = FIRST_RETRY;
        }
    }

    /** @param say receives a line for each event */
    public PlugScheduler(List<Job> jobs, Starter starter, Consumer<String> say) {
        this.tasks = jobs.stream().map(Task::new).toList();
        this.starter = starter;
        this.say = say;
    }

    /** A phone was connected. */
    public synchronized void plugged(String udid) {
        if (plugged.containsKey(udid)) {
            return;
        }
        plugged.put(udid, ++plugs);
        say.accept("iPhone " + shortened(udid) + " is plugged in");
        tasks.stream().filter(task -> task.job.isFor(udid)).forEach(Task::now);
        startWhatIsDue();
    }

    /** A phone was disconnected. */
    public synchronized void pulled(String udid) {
        if (plugged.remove(udid) != null) {
            say.accept("iPhone " + shortened(udid) + " is unplugged");
        }
        tasks.forEach(task -> task.served.retainAll(plugged.values()));
    }

    /** All phones are gone. */
    public synchronized void nobodyAnswers() {
        List.copyOf(plugged.keySet()).forEach(this::pulled);
    }

    /**
     * Starts what is due; to be called every few seconds.
     *
     * @param wall the current time
     * @param monotonic the time on a clock that is never set
     * @param drives the mount points of all drives
     */
    public synchronized void tick(Instant wall, Duration monotonic, List<Path> drives) {
        this.monotonic = monotonic;
        if (last != null) {
            Duration byWall = Duration.between(last.wall(), wall);
            Duration leap = byWall.minus(monotonic.minus(last.monotonic()));
            if (leap.abs().compareTo(LEAP) > 0) {
                say.accept("The computer slept, or its clock was set");
                tasks.forEach(Task::now);
            }
        }
        last = new Moment(wall, monotonic);
        if (mounted != null && !mounted.equals(drives)) {
            say.accept("A drive was connected or disconnected");
            tasks.forEach(Task::now);
        }
        mounted = drives;
        startWhatIsDue();
    }

    /**
     * A run ended.
     *
     * @param foundNothingToDo whether to retry later, because the phone or the drive was not ready
     */
    public synchronized void ended(int exitCode, boolean foundNothingToDo) {
        end(" (exit code " + exitCode + ")", foundNothingToDo);
    }

    /** A run could not be started. Retries later. */
    public synchronized void notStarted() {
        end("", true);
    }

    private void end(String how, boolean foundNothingToDo) {
        Task task = Objects.requireNonNull(running);
        running = null;
        say.accept("backup of " + task.job.name() + " ended" + how);
        if (foundNothingToDo) {
            task.notBefore = monotonic.plus(task.retry);
            Duration next = task.retry.multipliedBy(2);
            task.retry = next.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : next;
        } else {
            task.served.addAll(task.beingServed);
            task.now();
        }
        startWhatIsDue();
    }

    private void startWhatIsDue() {
        if (running != null) {
            return;
        }
        for (Task task : tasks) {
            Set<Long> unserved = new HashSet<>();
            plugged.forEach((udid, plug) -> {
                if (task.job.isFor(udid) && !task.served.contains(plug)) {
                    unserved.add(plug);
                }
            });
            if (!unserved.isEmpty() && task.notBefore.compareTo(monotonic) <= 0) {
                running = task;
                task.beingServed = Set.copyOf(unserved);
                say.accept("backup of " + task.job.name() + " starts");
                starter.start(task.job);
                return;
            }
        }
    }

    private static String shortened(String udid) {
        return "…" + udid.substring(Math.max(0, udid.length() - SHORT_UDID));
    }
}
