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
 * Why iCloud Photos has stopped: a pure function of the facts. What the markers say of on and off outranks every recorded
 * flag, what the phone says of itself now outranks what it recorded, and a flag that is older than the last success is
 * history.
 *
 * @param also what was found besides, in the same order
 */
public record Diagnosis(Cause cause, List<Cause> also, CloudFacts facts) {
    private static final long FULL = 512L << 20;
    private static final long ROOM = 1L << 30;

    /** In percent, where iOS turns the battery red. */
    private static final int LOW_BATTERY = 20;

    /** A reset takes minutes; one noted a day ago is not on its way any more. */
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

    /** Whether the phone shows nothing of its notes but, perhaps, the markers beside its library. */
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

    /** Whether something waits for longer than it should. */
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

    /** Whether enough was read to say that nothing is wrong. */
    private static boolean tells(CloudFacts facts) {
        return facts.isFresh() || facts.tellsWaiting();
    }

    private static final class Found {
        private final List<Cause> proven = new ArrayList<>();

        /** What may be a cause, if there turns out to be none that is proven, and something waits. */
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

    /** Asked in the order of {@link Cause}. */
    private record Questions(CloudFacts facts, Found found) {
        void ask() {
            boolean off = facts.on().equals(Optional.of(false));
            found.add(isDeleting(), Cause.DELETING);
            found.add(off, Cause.OFF);
            if (off || isDeleting()) {
                // What was recorded stayed behind; what is so now still counts.
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
            // The day's allowance is used up, which is the weaker reason: it comes back by itself.
            found.add(facts.has(SyncFlag.HAS_BUDGET) && !facts.has(SyncFlag.BATTERY_BUDGET), Cause.BATTERY);
            found.suspect(isBatteryLow(), Cause.BATTERY);
            resets();
            found.add(facts.rejected() > 0, Cause.REJECTED_ITEMS);
            found.add(facts.has(SyncFlag.LIBRARY_WIPED) || facts.has(SyncFlag.CONTAINER_WIPED), Cause.WIPED);
        }

        /** Switching on again after the note was made takes the date back. */
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

        /** Only the last one counts: earlier ones that never ended were given up for it. */
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

    /** Whether iCloud Photos is on; empty where nothing tells. */
    public Optional<Boolean> on() {
        return facts.on();
    }

    /** When what the answer rests on was noted by the phone; absent where it is so now. */
    public Optional<Instant> recordedAt() {
        return facts.recorded();
    }

    /** Whether photos are found in iCloud again after switching on, and not sent. */
    public boolean isMatching() {
        return facts.isMatching() && (cause == Cause.NONE || cause == Cause.FIRST_SYNC);
    }
}
