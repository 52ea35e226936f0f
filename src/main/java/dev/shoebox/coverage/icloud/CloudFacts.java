package dev.shoebox.coverage.icloud;

import dev.shoebox.library.cloud.CloudNotes;
import dev.shoebox.library.cloud.CloudNotes.Access;
import dev.shoebox.library.cloud.CloudNotes.Switch;
import dev.shoebox.library.cloud.CloudNotes.Switching;
import dev.shoebox.library.cloud.CloudQueue;
import dev.shoebox.library.cloud.CloudQueue.Rejected;
import dev.shoebox.library.cloud.SyncFlag;
import dev.shoebox.library.cloud.SyncStatus;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All that is known of iCloud Photos on a phone at one moment.
 *
 * @param library what the Photos library counts; absent where it could not be read
 * @param queue absent where the database of iCloud Photos was not read
 * @param live what the phone says of itself now
 */
public record CloudFacts(
        CloudNotes notes, Optional<LibraryCounts> library, Optional<CloudQueue> queue, Live live, Instant now) {
    /**
     * What the phone says of itself now, on the cable.
     *
     * @param battery percent, 0 to 100
     */
    public record Live(OptionalLong freeBytes, OptionalInt battery) {
        public static final Live UNKNOWN = new Live(OptionalLong.empty(), OptionalInt.empty());
    }

    static final Duration DAY = Duration.ofDays(1);

    /** Before there was iCloud Photos. */
    private static final Instant NO_TIME = Instant.parse("2014-01-01T00:00:00Z");

    /** For so long after switching on, nearly everything seems to wait while the phone finds out what iCloud has. */
    private static final Duration SETTLING = Duration.ofDays(2);

    /** By so much the time of a file may come before the times in it. */
    private static final Duration SLACK = Duration.ofMinutes(1);

    /**
     * Whether iCloud Photos is on; empty where nothing tells. The marker that stands for "on" decides, and no file that was
     * left behind; only where the phone does not let it be seen, the other marker and the history of switching do.
     */
    public Optional<Boolean> on() {
        Switching switching = notes.switching();
        if (switching.enabled().equals(Optional.of(true))) {
            return Optional.of(true);
        }
        if (switching.enabled().isEmpty()) {
            return switching.firstSynced().orElse(false)
                    ? Optional.of(true)
                    : switching.last().map(Switch::on);
        }
        // Where nothing at all is to be seen, a marker that is not seen means nothing.
        return notes.access().containsValue(Access.READ) || notes.access().containsValue(Access.UNREADABLE)
                ? Optional.of(false)
                : Optional.empty();
    }

    /** When iCloud Photos was last switched on, as far as that is known. */
    Optional<Instant> switchedOn() {
        return Stream.concat(
                        notes.switching().marked().stream(),
                        notes.switching().last().stream().filter(Switch::on).map(Switch::at))
                .max(Instant::compareTo);
    }

    boolean isJustSwitchedOn() {
        return on().orElse(false)
                && switchedOn().filter(at -> within(at, SETTLING)).isPresent();
    }

    public Optional<SyncStatus> status() {
        return notes.status();
    }

    /** When a flag last changed; a file whose time is not known has no age. */
    Optional<Instant> recorded() {
        return status().map(SyncStatus::recorded).filter(at -> at.isAfter(NO_TIME));
    }

    /** Whether the flags are older than the last success: then they tell of the past. */
    boolean isHistory() {
        return recorded()
                .filter(at -> status().flatMap(SyncStatus::lastSync)
                        // A success to come is one by a wrong clock, and makes nothing the past.
                        .filter(last -> !last.isAfter(now.plus(SLACK)))
                        .filter(last -> at.plus(SLACK).isBefore(last))
                        .isPresent())
                .isPresent();
    }

    /** Whether a flag is set and is not history. */
    boolean has(SyncFlag flag) {
        return !isHistory() && status().filter(status -> status.is(flag)).isPresent();
    }

    /** Whether a flag is there, is false, and is not history. */
    boolean lacks(SyncFlag flag) {
        return !isHistory() && status().filter(status -> status.isNot(flag)).isPresent();
    }

    /** When the phone and iCloud were last known to agree. */
    public Optional<Instant> lastSuccess() {
        return status().flatMap(status -> Stream.concat(status.lastSync().stream(), status.firstSync().stream())
                .max(Instant::compareTo));
    }

    boolean isFresh() {
        return lastSuccess().filter(last -> within(last, DAY)).isPresent();
    }

    /** Whether something happened no longer ago than that. */
    boolean within(Instant at, Duration age) {
        return !at.isBefore(now.minus(age));
    }

    /** Whether anything was read that tells what waits. */
    public boolean tellsWaiting() {
        return queue.isPresent() || library.filter(LibraryCounts::told).isPresent();
    }

    /** What waits to be sent: as the library counts, or as the queue does where that has more. */
    public PendingUploads waiting() {
        PendingUploads told = library.map(LibraryCounts::waiting).orElse(PendingUploads.NOTHING);
        if (queue.isEmpty()) {
            return told;
        }
        CloudQueue sent = queue.get();
        PendingUploads queued = new PendingUploads(sent.photos(), sent.videos(), sent.bytes(), sent.since());
        if (isMatching()) {
            return queued;
        }
        PendingUploads more = queued.items() > told.items() ? queued : told;
        return new PendingUploads(
                more.photos(),
                more.videos(),
                Math.max(told.bytes(), queued.bytes()),
                more.items() == 0 ? Optional.empty() : told.since().or(queued::since));
    }

    /** Whether the phone finds out what iCloud has already, so that what seems to wait need not be sent. */
    public boolean isMatching() {
        return isJustSwitchedOn()
                && (!notes.switching().firstSynced().orElse(true)
                        || library.filter(counts -> 2 * counts.waiting().items() >= counts.items()
                                        && counts.waiting().items() > 0)
                                .isPresent());
    }

    /** What iCloud did not take, by name. */
    public List<RejectedItem> rejectedItems() {
        Map<String, String> reasons = new TreeMap<>();
        library.ifPresent(counts -> counts.rejected().keySet().forEach(path -> reasons.put(path, "")));
        List<Rejected> queued = queue.map(CloudQueue::rejected).orElse(List.of());
        // What cannot be matched may be what the library names already.
        int strangers = queued.size() - reasons.size();
        for (Rejected each : queued) {
            Optional<String> name = library.flatMap(counts -> counts.nameOf(each.id()));
            if (name.isPresent() || strangers > 0) {
                strangers -= name.isPresent() ? 0 : 1;
                reasons.merge(name.orElse(each.id()), each.reason(), (one, other) -> one.isEmpty() ? other : one);
            }
        }
        return reasons.entrySet().stream()
                .map(each -> new RejectedItem(each.getKey(), each.getValue()))
                .toList();
    }

    long rejected() {
        return rejectedItems().size();
    }
}
