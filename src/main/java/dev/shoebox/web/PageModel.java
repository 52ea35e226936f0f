package dev.shoebox.web;

import dev.shoebox.json.JsonObject;
import dev.shoebox.web.index.Flag;
import dev.shoebox.web.index.PhotoIndex;
import dev.shoebox.web.index.PhotoIndex.Count;
import dev.shoebox.web.index.Place;
import dev.shoebox.web.phone.PhoneState;
import dev.shoebox.web.phone.ShownPhone.Extent;
import dev.shoebox.web.server.Feed;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Everything that the page shows at this moment. Every change is published to every tab. Thread-safe. */
final class PageModel {
    /** A rate that most cables and disks reach together. */
    private static final long USUAL_BYTES_PER_SECOND = 30_000_000;

    private static final int FILES_PER_SECOND = 100;

    private final Feed feed = new Feed(this::json);
    private PhotoIndex index = PhotoIndex.EMPTY;
    private Map<String, Object> counts =
            Map.of("all", 0, "safe", false, "here", false, "partial", false, "damaged", 0, "broken", 0, "cloud", 0);
    private int version;
    private int thumbs;
    private PhoneState phone = PhoneState.NONE;
    private Target destination; // or null
    private ShownBackup.Trouble trouble; // or null
    private CloudAnswer icloud; // or null
    private List<Map<String, Object>> copies = List.of();
    private Supplier<Optional<Map<String, Object>>> run = Optional::empty;
    private Offer offer = Offer.NOTHING;

    /**
     * Why iCloud Photos has stopped.
     *
     * @param cause the name of the cause
     * @param backup how much of the phone the backup has: none, part, whole, proven
     * @param verdict the same with figures, in English
     * @param steps what to do about it, in English
     */
    record CloudAnswer(String cause, String backup, String verdict, List<String> steps) {
        Map<String, Object> fields() {
            return Map.of("cause", cause, "backup", backup, "verdict", verdict, "steps", steps);
        }
    }

    /**
     * What the main button would save.
     *
     * @param what the kind, as {@code POST /api/save} takes it
     * @param waiting how many of these photos wait for iCloud
     */
    record Offer(String what, Count count, int waiting) {
        static final Offer NOTHING = new Offer("", new Count(0, 0, 0), 0);
    }

    Feed feed() {
        return feed;
    }

    synchronized PhotoIndex index() {
        return index;
    }

    synchronized Optional<Target> destination() {
        return Optional.ofNullable(destination);
    }

    /** @param wrong why the backup could not be read, so that its contents are unknown */
    synchronized void trouble(ShownBackup.Trouble wrong) {
        if (!wrong.equals(trouble)) {
            trouble = wrong;
            feed.changed();
        }
    }

    /** The backup can be read, or none was chosen. */
    synchronized void noTrouble() {
        if (trouble != null) {
            trouble = null;
            feed.changed();
        }
    }

    /** @param extent how much of the source the photos cover */
    synchronized void show(PhotoIndex photos, Extent extent) {
        boolean isPartial = extent == Extent.FIRST_SCREEN;
        index = photos;
        version++;
        counts = Map.of(
                "all", photos.kept(),
                "safe", extent == Extent.WHOLE && photos.isSafe(),
                "here", extent == Extent.WHOLE && photos.isSafeHere(),
                "partial", isPartial,
                "damaged", photos.kept(Flag.DAMAGED),
                "broken", photos.kept(Flag.BROKEN),
                "cloud", photos.onlyInICloud());
        offer = isPartial ? Offer.NOTHING : offer(photos);
        feed.changed();
    }

    synchronized void show(PhoneState state) {
        if (!state.equals(phone)) {
            phone = state;
            feed.changed();
        }
    }

    synchronized void show(Target target) {
        destination = target;
        feed.changed();
    }

    synchronized void answer(CloudAnswer answer) {
        if (!answer.equals(icloud)) {
            icloud = answer;
            feed.changed();
        }
    }

    /** It is not known that iCloud Photos has stopped. */
    synchronized void noAnswer() {
        if (icloud != null) {
            icloud = null;
            feed.changed();
        }
    }

    /** @param shown a second copy each */
    synchronized void copies(List<Map<String, Object>> shown) {
        if (!shown.equals(copies)) {
            copies = List.copyOf(shown);
            feed.changed();
        }
    }

    /** @param snapshot the state of the current or last run; empty if there is none */
    synchronized void follow(Supplier<Optional<Map<String, Object>>> snapshot) {
        run = snapshot;
        feed.changed();
    }

    /** Tells the page that thumbnails may have become available. */
    synchronized void thumbsChanged() {
        thumbs++;
        feed.changed();
    }

    /** Offers the photos in the most danger first. */
    private static Offer offer(PhotoIndex photos) {
        Count onlyHere = photos.unsaved(PhotoIndex.places(PhotoIndex.ONLY_HERE));
        if (!onlyHere.isNone()) {
            int waiting = photos.unsaved(place -> place == Place.WAITING).photos();
            return new Offer(PhotoIndex.ONLY_HERE, onlyHere, waiting);
        }
        Count unsaved = photos.unsaved(place -> true);
        return unsaved.isNone() ? Offer.NOTHING : new Offer(PhotoIndex.UNSAVED, unsaved, 0);
    }

    synchronized String json() {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("index", version);
        state.put("thumbs", thumbs);
        state.put("phone", phone.fields());
        if (destination != null) {
            state.put("destination", destination.fields());
        }
        state.put("counts", counts);
        if (trouble != null) {
            state.put("backup", trouble.fields());
        }
        if (!offer.count().isNone() && trouble == null) {
            long seconds = offer.count().bytes() / USUAL_BYTES_PER_SECOND
                    + offer.count().photos() / FILES_PER_SECOND;
            state.put(
                    "offer",
                    Map.of(
                            "what", offer.what(),
                            "count", offer.count().photos(),
                            "bytes", offer.count().bytes(),
                            "seconds", Math.max(1, seconds),
                            "hidden", offer.count().hidden(),
                            "waiting", offer.waiting()));
        }
        if (icloud != null) {
            state.put("icloud", icloud.fields());
        }
        if (!copies.isEmpty()) {
            state.put("copies", copies);
        }
        run.get().ifPresent(fields -> state.put("run", fields));
        return JsonObject.line(state);
    }
}
