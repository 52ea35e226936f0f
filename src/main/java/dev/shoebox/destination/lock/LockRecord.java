package dev.shoebox.destination.lock;

import dev.shoebox.json.JsonObject;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * The holder of a destination, as recorded in {@code lock.json}.
 *
 * @param computer the computer of the run; without an id if an earlier version wrote it
 * @param processStarted when its process started; absent if the system does not provide it
 * @param run unique to each time the lock is taken
 * @param beat incremented while the run is alive; absent if an earlier version wrote it
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

    /** @throws RuntimeException if the text is not a record */
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

    /** Returns the record with another beat, of the same length, so that it can overwrite the previous one. */
    LockRecord beaten(long count) {
        return new LockRecord(computer, pid, processStarted, since, run, Optional.of(beat(count)));
    }

    private static String beat(long count) {
        return String.format(Locale.ROOT, "%012d", count);
    }

    /** Whether the holder is another computer whose record has a beat: then no process of this computer is meant. */
    boolean isOfAnother(Computer here) {
        return beat.isPresent() && !computer.isSame(here);
    }

    /** Whether the holder may be alive, if the system has no locks. */
    boolean mayBeAlive(Computer here) {
        if (isThisProcess(here)) {
            return RunLock.isOpen(run);
        }
        boolean elsewhere =
                beat.isPresent() ? !computer.isSame(here) : !computer.name().equals(here.name());
        return elsewhere || ProcessHandle.of(pid).filter(this::isProcess).isPresent();
    }

    /**
     * Whether the holder is this process. A process number alone does not show it: in containers every run may have the
     * same one.
     */
    boolean isThisProcess(Computer here) {
        return computer.name().equals(here.name())
                && !isOfAnother(here)
                && pid == ProcessHandle.current().pid()
                && isProcess(ProcessHandle.current());
    }

    /**
     * Whether the process of this computer that wrote the record exists, whatever the lock says: some file systems
     * grant every lock.
     */
    boolean isAliveHere(Computer here) {
        if (isThisProcess(here)) {
            // A drive that was removed during a run brings back the record of that ended run.
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
