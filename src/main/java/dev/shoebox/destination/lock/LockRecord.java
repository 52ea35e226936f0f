package dev.shoebox.destination.lock;

import dev.shoebox.json.JsonObject;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Who holds a destination, as it says itself in {@code lock.json}.
 *
 * @param computer where it runs; without an id where an earlier version wrote it
 * @param processStarted when its process began; absent where the system does not tell
 * @param run another for every time the lock is taken
 * @param beat counts up for as long as the run lives; absent where an earlier version wrote it
 */
public record LockRecord(
        Computer computer,
        long pid,
        Optional<String> processStarted,
        Optional<String> since,
        String run,
        Optional<String> beat) {
    static LockRecord of(Computer computer, Instant now) {
        ProcessHandle process = ProcessHandle.current();
        return new LockRecord(
                computer,
                process.pid(),
                start(process),
                Optional.of(now.truncatedTo(ChronoUnit.SECONDS).toString()),
                UUID.randomUUID().toString(),
                Optional.of(beat(0)));
    }

    /** @throws RuntimeException if it is none */
    static LockRecord parse(String text) {
        JsonObject said = JsonObject.parse(text);
        return new LockRecord(
                new Computer(
                        said.optional("computer").orElse(""),
                        said.text("host"),
                        said.optional("boot").orElse("")),
                said.number("pid"),
                said.optional("processStarted"),
                said.optional("since"),
                said.optional("run").orElse(""),
                said.optional("beat"));
    }

    public String line() {
        var map = new LinkedHashMap<String, Object>();
        map.put("host", computer.name());
        map.put("computer", computer.id());
        map.put("boot", computer.boot());
        map.put("pid", pid);
        processStarted.ifPresent(start -> map.put("processStarted", start));
        since.ifPresent(time -> map.put("since", time));
        map.put("run", run);
        beat.ifPresent(count -> map.put("beat", count));
        return JsonObject.line(map);
    }

    /** As long as every other, so that it is written in the place of the one before. */
    LockRecord beaten(long count) {
        return new LockRecord(computer, pid, processStarted, since, run, Optional.of(beat(count)));
    }

    private static String beat(long count) {
        return String.format(Locale.ROOT, "%012d", count);
    }

    /** Whether another computer holds it that tells of itself for as long as it does: no process of this one is meant. */
    boolean isOfAnother(Computer here) {
        return beat.isPresent() && !computer.isSame(here);
    }

    /** Where the system has no locks this is all there is to know. */
    boolean mayBeAlive(Computer here) {
        if (isThisProcess(here)) {
            return RunLock.isOpen(run);
        }
        boolean elsewhere =
                beat.isPresent() ? !computer.isSame(here) : !computer.name().equals(here.name());
        return elsewhere || ProcessHandle.of(pid).filter(this::isProcess).isPresent();
    }

    /** A process number alone says little: in a container every run may have the same one. */
    boolean isThisProcess(Computer here) {
        return computer.name().equals(here.name())
                && !isOfAnother(here)
                && pid == ProcessHandle.current().pid()
                && isProcess(ProcessHandle.current());
    }

    /**
     * Whether the process of this computer that wrote it is there, whatever is said of its lock: a file system may grant
     * each lock that it is asked for.
     */
    boolean isAliveHere(Computer here) {
        if (isThisProcess(here)) {
            // A drive that went took the record of an ended run along, and brings it back.
            return RunLock.isOpen(run);
        }
        return beat.isPresent()
                && !isOfAnother(here)
                && processStarted.isPresent()
                && ProcessHandle.of(pid).filter(this::isProcess).isPresent();
    }

    private boolean isProcess(ProcessHandle process) {
        return start(process).equals(processStarted);
    }

    private static Optional<String> start(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString);
    }

    String who() {
        return "process " + pid + " on " + computer.name() + " since " + since.orElse("an unknown time");
    }
}
