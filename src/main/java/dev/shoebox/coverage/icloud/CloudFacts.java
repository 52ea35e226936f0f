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
 * Everything known about iCloud Photos on a phone at one moment.
 *
 * @param library counts from the Photos library; absent if it could not be read
 * @param queue the upload queue; absent if the database of iCloud Photos was not read
 * @param live the present state of the phone
 */
public record CloudFacts(
        CloudNotes notes, Optional<LibraryCounts> library, Optional<CloudQueue> queue, Live live, Instant now) {
    /**
     * The present state of the phone, as it reports it over the cable.
     *
     * @param battery percent, 0 to 100
     */
    public record Live(OptionalLong freeBytes, OptionalInt battery) {
        public static final Live UNKNOWN = new Live(OptionalLong.empty(), OptionalInt.empty());
    }

    static final Duration DAY = Duration.ofDays(1);

    /** iCloud Photos did not exist before this date. */
    private static final Instant NO_TIME = Instant.parse("2014-01-01T00:00:00Z");

    /**
     * For this long after it is switched on, nearly everything seems to wait while the phone matches its photos with
     * iCloud.
     */
    private static final Duration SETTLING = Duration.ofDays(2);

    /** Tolerance by which a file's modification time may precede the times recorded in it. */
    private static final Duration SLACK = Duration.ofMinutes(1);

    /**
     * Returns whether iCloud Photos is on; empty if nothing tells. The marker for "on" decides, not files that were
     * left behind. The other marker and the history of switching count only if the phone hides that marker.
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
        // If the phone shows nothing at all, an absent marker means nothing.
        return notes.access().containsValue(Access.READ) || notes.access().containsValue(Access.UNREADABLE)
                ? Optional.of(false)
                : Optional.empty();
    }

    /** Returns when iCloud Photos was last switched on, if known. */
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

    /** Returns when a flag last changed. A file of unknown time has no age. */
    Optional<Instant> recorded() {
        return status().map(SyncStatus::recorded).filter(at -> at.isAfter(NO_TIME));
    }

    /** Returns whether the last success is newer than the flags: then they describe the past. */
    boolean isHistory() {
        return recorded()
                .filter(at -> status().flatMap(SyncStatus::lastSync)
                        // A success in the future comes from a wrong clock, and does not make the flags history.
                        .filter(last -> !last.isAfter(now.plus(SLACK)))
                        .filter(last -> at.plus(SLACK).isBefore(last))
                        .isPresent())
                .isPresent();
    }

    /** Returns whether a flag is set and current. */
    boolean has(SyncFlag flag) {
        return !isHistory() && status().filter(status -> status.is(flag)).isPresent();
    }

    /** Returns whether a flag is present, false, and current. */
    boolean lacks(SyncFlag flag) {
        return !isHistory() && status().filter(status -> status.isNot(flag)).isPresent();
    }

    /** Returns when the phone and iCloud were last known to be in sync. */
    public Optional<Instant> lastSuccess() {
        return status().flatMap(status -> Stream.concat(status.lastSync().stream(), status.firstSync().stream())
                .max(Instant::compareTo));
    }

    boolean isFresh() {
        return lastSuccess().filter(last -> within(last, DAY)).isPresent();
    }

    /** Returns whether a time is at most {@code age} ago. */
    boolean within(Instant at, Duration age) {
        return !at.isBefore(now.minus(age));
    }

    /** Returns whether anything that counts pending uploads could be read. */
    public boolean tellsWaiting() {
        return queue.isPresent() || library.filter(LibraryCounts::told).isPresent();
    }

    /** Returns the pending uploads: the larger of what the library and the queue count. */
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

    /**
     * Returns whether the phone is still matching its photos with iCloud, so that apparently pending items need no
     * upload.
     */
    public boolean isMatching() {
        return isJustSwitchedOn()
                && (!notes.switching().firstSynced().orElse(true)
                        || library.filter(counts -> 2 * counts.waiting().items() >= counts.items()
                                        && counts.waiting().items() > 0)
                                .isPresent());
    }

    /** Returns the items that iCloud rejected, by name. */
    public List<RejectedItem> rejectedItems() {
        Map<String, String> reasons = new TreeMap<>();
        library.ifPresent(counts -> counts.rejected().keySet().forEach(path -> reasons.put(path, "")));
        List<Rejected> queued = queue.map(CloudQueue::rejected).orElse(List.of());
        // Items without a match may be the same as those that the library names.
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
