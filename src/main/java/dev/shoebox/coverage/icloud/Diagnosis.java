package dev.shoebox.coverage.icloud;

import dev.shoebox.library.cloud.CloudNotes.Access;
import dev.shoebox.library.cloud.CloudNotes.Pause;
import dev.shoebox.library.cloud.CloudNotes.Reset;
import dev.shoebox.library.cloud.CloudNotes.Switch;
import dev.shoebox.library.cloud.SyncFlag;
import dev.shoebox.library.cloud.SyncStatus;
import dev.shoebox.library.database.CloudFile;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Why iCloud Photos has stopped: a pure function of the facts. The markers for on and off outrank every recorded flag,
 * the present state of the phone outranks what it recorded, and a flag older than the last success is history.
 *
 * @param also further causes, in the same order
 */
public record Diagnosis(Cause cause, List<Cause> also, CloudFacts facts) {
    private static final long FULL = 512L << 20;
    private static final long ROOM = 1L << 30;

    /** Percentage at which iOS shows the battery in red. */
    private static final int LOW_BATTERY = 20;

    /** A reset takes minutes; one that was recorded a day ago is no longer running. */
    private static final Duration LONGEST_RESET = Duration.ofHours(24).minusMinutes(10);

    public Diagnosis {
        also = List.copyOf(also);
    }

    public static Diagnosis of(CloudFacts facts) {
        Found found = new Found();
        new Questions(facts, found).ask();
        List<Cause> all = found.proven;
        if (facts.on().equals(Optional.of(false)) || all.contains(Cause.DELETING)) {
            return answer(all, facts);
        }
        boolean behind = isBehind(facts);
        if (isHidden(facts)) {
            all.add(0, Cause.UNREADABLE);
        } else if (facts.status().isEmpty()) {
            all.add(Cause.UNREADABLE);
        } else if (all.isEmpty() && behind) {
            all.addAll(found.likely);
        }
        if ((all.isEmpty() || all.contains(Cause.UNREADABLE)) && behind) {
            all.add(Cause.WAITING);
        }
        if (all.isEmpty() && !tells(facts)) {
            all.add(Cause.UNREADABLE);
        }
        return answer(all, facts);
    }

    private static Diagnosis answer(List<Cause> all, CloudFacts facts) {
        List<Cause> found = all.stream().distinct().toList();
        return found.isEmpty()
                ? new Diagnosis(Cause.NONE, List.of(), facts)
                : new Diagnosis(found.get(0), found.subList(1, found.size()), facts);
    }

    /** Returns whether the phone hides everything except, perhaps, the markers beside its library. */
    private static boolean isHidden(CloudFacts facts) {
        return facts.on().isEmpty()
                || List.of(
                                CloudFile.SYNC_STATUS,
                                CloudFile.FIRST_SYNC_MARKER,
                                CloudFile.DOWNLOADS,
                                CloudFile.RESETS,
                                CloudFile.LAUNCH,
                                CloudFile.QUEUE)
                        .stream()
                        .map(facts.notes()::access)
                        .noneMatch(access -> access == Access.READ || access == Access.UNREADABLE);
    }

    /** Returns whether something has been waiting for too long. */
    private static boolean isBehind(CloudFacts facts) {
        if (facts.isJustSwitchedOn()) {
            return false;
        }
        boolean waits = facts.waiting().items() > 0 || (!facts.tellsWaiting() && facts.has(SyncFlag.HAS_CHANGES));
        Instant yesterday = facts.now().minus(CloudFacts.DAY);
        boolean old = facts.waiting()
                        .since()
                        .filter(since -> since.isBefore(yesterday))
                        .isPresent()
                || facts.queue()
                        .flatMap(queue -> queue.lastCleared())
                        .filter(cleared -> cleared.isBefore(yesterday))
                        .isPresent();
        return waits && (old || !facts.isFresh());
    }

    /** Returns whether enough was read to say that nothing is wrong. */
    private static boolean tells(CloudFacts facts) {
        return facts.isFresh() || facts.tellsWaiting();
    }

    private static final class Found {
        private final List<Cause> proven = new ArrayList<>();

        /** Possible causes, which apply only if no proven cause is found and something is waiting. */
        private final List<Cause> likely = new ArrayList<>();

        void add(boolean is, Cause cause) {
            if (is) {
                proven.add(cause);
            }
        }

        void suspect(boolean is, Cause cause) {
            if (is) {
                likely.add(cause);
            }
        }
    }

    /** Asks about each cause in the order of {@link Cause}. */
    private record Questions(CloudFacts facts, Found found) {
        void ask() {
            boolean off = facts.on().equals(Optional.of(false));
            found.add(isDeleting(), Cause.DELETING);
            found.add(off, Cause.OFF);
            if (off || isDeleting()) {
                // The record is out of date, but the present state still counts.
                found.add(isFullNow(), Cause.PHONE_FULL);
                return;
            }
            found.add(isFirstSyncDue(), Cause.FIRST_SYNC);
            found.add(facts.has(SyncFlag.NOT_AUTHENTICATED), Cause.SIGNED_OUT);
            found.add(facts.has(SyncFlag.VERSION_TOO_OLD), Cause.IOS_TOO_OLD);
            network();
            room();
            found.add(isPaused(true), Cause.PAUSED);
            found.suspect(isPaused(false), Cause.PAUSED);
            found.add(facts.has(SyncFlag.LOW_POWER_MODE), Cause.LOW_POWER_MODE);
            found.add(facts.has(SyncFlag.LOW_BATTERY), Cause.BATTERY);
            found.add(isHotOrBusy(), Cause.HOT_OR_BUSY);
            found.suspect(facts.has(SyncFlag.WARM), Cause.HOT_OR_BUSY);
            // The day's allowance is used up. This is the weaker cause, because it resolves itself.
            found.add(facts.has(SyncFlag.HAS_BUDGET) && !facts.has(SyncFlag.BATTERY_BUDGET), Cause.BATTERY);
            found.suspect(isBatteryLow(), Cause.BATTERY);
            resets();
            found.add(facts.rejected() > 0, Cause.REJECTED_ITEMS);
            found.add(facts.has(SyncFlag.LIBRARY_WIPED) || facts.has(SyncFlag.CONTAINER_WIPED), Cause.WIPED);
        }

        /** If it was switched on again after the record was made, nothing will be deleted. */
        private boolean isDeleting() {
            Optional<SyncStatus> status = facts.status();
            boolean due = status.flatMap(SyncStatus::deletion)
                    .filter(date -> date.isAfter(facts.now()))
                    .isPresent();
            boolean back = facts.on().equals(Optional.of(true))
                    && (facts.isHistory()
                            || facts.notes()
                                    .switching()
                                    .last()
                                    .filter(Switch::on)
                                    .map(Switch::at)
                                    .filter(at -> status.filter(known -> at.isAfter(known.recorded()))
                                            .isPresent())
                                    .isPresent());
            return due && !back;
        }

        private boolean isFirstSyncDue() {
            return !isHidden(facts)
                    && facts.on().equals(Optional.of(true))
                    && facts.notes().switching().firstSynced().equals(Optional.of(false))
                    && facts.status().flatMap(SyncStatus::firstSync).isEmpty();
        }

        private void network() {
            boolean airplane = facts.has(SyncFlag.AIRPLANE_MODE);
            found.add(airplane, Cause.AIRPLANE_MODE);
            found.add(!airplane && facts.lacks(SyncFlag.CONNECTED), Cause.OFFLINE);
            found.add(facts.has(SyncFlag.CELLULAR_RESTRICTED), Cause.CELLULAR_OFF);
            found.add(facts.has(SyncFlag.LOW_DATA_MODE), Cause.LOW_DATA_MODE);
            found.add(facts.has(SyncFlag.POOR_NETWORK), Cause.LOW_DATA_MODE);
        }

        private boolean isFullNow() {
            OptionalLong free = facts.live().freeBytes();
            return free.isPresent() && free.getAsLong() < FULL;
        }

        private void room() {
            OptionalLong free = facts.live().freeBytes();
            boolean roomy = free.isPresent() && free.getAsLong() > ROOM;
            boolean full = isFullNow() || (!roomy && facts.has(SyncFlag.VERY_LOW_DISK));
            found.add(full, Cause.PHONE_FULL);
            found.suspect(!full && !roomy && (free.isPresent() || facts.has(SyncFlag.LOW_DISK)), Cause.PHONE_FULL);
            boolean waits = facts.waiting().items() > 0
                    || facts.has(SyncFlag.HAS_CHANGES)
                    || (!facts.tellsWaiting() && !facts.isFresh());
            found.add(waits && facts.has(SyncFlag.OVER_QUOTA), Cause.ICLOUD_FULL);
            found.suspect(waits && facts.has(SyncFlag.SHARED_OVER_QUOTA), Cause.ICLOUD_FULL);
        }

        private boolean isPaused(boolean surely) {
            Optional<Pause> pause = facts.notes().pause();
            boolean now = pause.flatMap(Pause::until)
                    .filter(until -> until.isAfter(facts.now()))
                    .isPresent();
            boolean open = pause.filter(known -> known.until().isEmpty()).isPresent();
            boolean byPerson = pause.filter(Pause::byPerson).isPresent();
            return surely ? now && byPerson : (now && !byPerson) || (open && byPerson);
        }

        private boolean isBatteryLow() {
            OptionalInt battery = facts.live().battery();
            return battery.isPresent() && battery.getAsInt() < LOW_BATTERY;
        }

        private boolean isHotOrBusy() {
            return facts.has(SyncFlag.TOO_HOT)
                    || facts.has(SyncFlag.HEAVY_USE)
                    || facts.has(SyncFlag.POOR_CONDITIONS)
                    || (!facts.isHistory()
                            && facts.status()
                                    .filter(status -> status.busy() != 0)
                                    .isPresent());
        }

        /** Only the last reset counts: it replaced earlier ones that never ended. */
        private void resets() {
            List<Reset> resets = facts.notes().resets();
            if (resets.isEmpty() || !resets.get(resets.size() - 1).pending()) {
                return;
            }
            Optional<Instant> began = resets.get(resets.size() - 1).at();
            boolean stuck = began.filter(at -> !facts.within(at, LONGEST_RESET)).isPresent();
            boolean again = resets.stream().filter(Reset::pending).count() > 1;
            found.add(stuck, Cause.STUCK_RESET);
            found.suspect(!stuck && (again || began.isEmpty()), Cause.STUCK_RESET);
        }
    }

    /** Returns whether iCloud Photos is on; empty if nothing tells. */
    public Optional<Boolean> on() {
        return facts.on();
    }

    /** Returns when the phone recorded what the answer rests on; empty if it describes the present. */
    public Optional<Instant> recordedAt() {
        return facts.recorded();
    }

    /** Returns whether the phone is matching photos with iCloud after switching on, rather than uploading them. */
    public boolean isMatching() {
        return facts.isMatching() && (cause == Cause.NONE || cause == Cause.FIRST_SYNC);
    }
}
