package dev.shoebox.coverage.icloud;

import dev.shoebox.library.cloud.CloudNotes.Pause;
import dev.shoebox.library.cloud.SyncFlag;
import dev.shoebox.library.cloud.SyncStatus;
import dev.shoebox.text.Amounts;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Puts a diagnosis into words for people who do not know how iCloud Photos works. Contains no text from the phone. */
public final class CloudWords {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu-MM-dd");
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");
    private static final Duration OLD = Duration.ofDays(7);

    /** Causes that rest on a flag recorded earlier, rather than on the present state. */
    private static final Set<Cause> RECORDED = EnumSet.of(
            Cause.SIGNED_OUT,
            Cause.IOS_TOO_OLD,
            Cause.OFFLINE,
            Cause.AIRPLANE_MODE,
            Cause.CELLULAR_OFF,
            Cause.LOW_DATA_MODE,
            Cause.ICLOUD_FULL,
            Cause.LOW_POWER_MODE,
            Cause.BATTERY,
            Cause.HOT_OR_BUSY,
            Cause.WIPED);

    private final Diagnosis diagnosis;
    private final CloudFacts facts;
    private final ZoneId zone;

    /** @param zone the time zone of the times in the text */
    public CloudWords(Diagnosis diagnosis, ZoneId zone) {
        this.diagnosis = diagnosis;
        this.facts = diagnosis.facts();
        this.zone = zone;
    }

    /** Returns the answer in one sentence, with its age where that matters. */
    public String verdict() {
        Optional<String> noted = RECORDED.contains(diagnosis.cause())
                ? diagnosis.recordedAt().map(at -> " (noted " + age(at) + ")")
                : Optional.empty();
        return sentence() + noted.orElse("") + ".";
    }

    private String sentence() {
        return switch (diagnosis.cause()) {
            case DELETING ->
                "iCloud Photos is off on this iPhone, and iCloud deletes its copy of your photos on "
                        + deletion().map(this::day).orElse("a date soon") + left();
            case OFF ->
                "iCloud Photos is off on this iPhone"
                        + facts.notes()
                                .switching()
                                .last()
                                .filter(last -> !last.on())
                                .map(last -> " since " + day(last.at()))
                                .orElse("")
                        + ", so nothing new reaches iCloud";
            case FIRST_SYNC ->
                diagnosis.isMatching()
                        ? matching()
                        : "The first sync with iCloud never finished"
                                + facts.switchedOn()
                                        .map(at -> "; iCloud Photos was switched on " + age(at))
                                        .orElse("");
            case SIGNED_OUT -> "iCloud no longer accepts this iPhone: its Apple Account needs the password again";
            case IOS_TOO_OLD -> "This iOS is too old for your iCloud photo library, which a newer device changed";
            case OFFLINE -> "The iPhone has no internet connection, so nothing can be uploaded";
            case AIRPLANE_MODE -> "Airplane Mode is on, and there is no Wi-Fi, so nothing can be uploaded";
            case CELLULAR_OFF -> "There is no Wi-Fi, and Photos may not use mobile data";
            case LOW_DATA_MODE ->
                facts.has(SyncFlag.LOW_DATA_MODE)
                        ? "Low Data Mode is on for this network, which holds uploads back"
                        : "The network is too weak for uploads";
            case PHONE_FULL ->
                "The iPhone is full"
                        + (facts.live().freeBytes().isPresent()
                                ? ": only "
                                        + Amounts.bytes(facts.live().freeBytes().getAsLong()) + " are free"
                                : "")
                        + ", so iCloud Photos cannot work";
            case ICLOUD_FULL -> "Your iCloud storage is full, so nothing new is safe in iCloud" + sinceWaiting();
            case PAUSED ->
                "iCloud Photos is paused"
                        + (facts.notes().pause().filter(Pause::byPerson).isPresent() ? " by hand" : "")
                        + facts.notes()
                                .pause()
                                .flatMap(Pause::until)
                                .map(until -> " until " + minute(until))
                                .orElse("");
            case LOW_POWER_MODE -> "Low Power Mode is on, which holds uploads back";
            case BATTERY -> "The battery is too low for uploads, or the day's share of it for them is used up";
            case HOT_OR_BUSY -> "The iPhone is too hot or too busy for uploads";
            case STUCK_RESET ->
                "iCloud Photos is stuck: it began to sync anew"
                        + lastReset().map(at -> " " + age(at)).orElse("")
                        + " and never finished, so nothing is uploaded";
            case REJECTED_ITEMS ->
                "iCloud could not take " + Amounts.count(facts.rejected(), "item") + ", and has stopped trying";
            case WIPED -> "iCloud's copy of your photos was erased";
            case WAITING ->
                Amounts.count(facts.waiting().items(), "item")
                        + (facts.waiting().items() == 1 ? " waits" : " wait") + " for iCloud" + sinceWaiting()
                        + ", and nothing on this iPhone says why";
            case UNREADABLE ->
                facts.on().isEmpty() || facts.status().isEmpty()
                        ? "This iPhone does not let its records of iCloud Photos be read, so the cause is unknown"
                        : "This iPhone records too little about iCloud Photos to tell";
            case NONE -> diagnosis.isMatching() ? matching() : healthy();
        };
    }

    private String healthy() {
        long waiting = facts.waiting().items();
        return "Nothing is wrong with iCloud Photos on this iPhone"
                + (waiting == 0
                        ? ""
                        : "; " + Amounts.count(waiting, "item") + (waiting == 1 ? " is" : " are") + " on the way");
    }

    private String matching() {
        return "iCloud Photos was switched on "
                + facts.switchedOn().map(this::age).orElse("a short time ago")
                + ": the iPhone is matching its photos with iCloud, not uploading them";
    }

    private Optional<Instant> deletion() {
        return facts.status().flatMap(SyncStatus::deletion);
    }

    private String left() {
        return deletion()
                .map(at -> ", in " + Amounts.age(Duration.between(facts.now(), at)))
                .orElse("");
    }

    private Optional<Instant> lastReset() {
        var resets = facts.notes().resets();
        return resets.isEmpty()
                ? Optional.empty()
                : resets.get(resets.size() - 1).at();
    }

    private String sinceWaiting() {
        return facts.waiting().since().map(at -> " since " + day(at)).orElse("");
    }

    /** Returns what else is worth knowing, the most important first. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        boolean off = facts.on().equals(Optional.of(false));
        if (RECORDED.contains(diagnosis.cause())
                && diagnosis.recordedAt().filter(at -> !facts.within(at, OLD)).isPresent()) {
            notes.add("The iPhone's records are old and may be out of date: open Photos for a minute and run "
                    + "this again.");
        }
        for (Cause cause : diagnosis.also()) {
            notes.add(also(cause));
        }
        if (off) {
            deletion()
                    .filter(at -> !at.isAfter(facts.now()))
                    .ifPresent(at -> notes.add("iCloud's copy was to be deleted on " + day(at) + "."));
            return notes;
        }
        if (facts.has(SyncFlag.OVER_QUOTA) && !isFound(Cause.ICLOUD_FULL)) {
            notes.add("iCloud storage is full, though nothing waits now: new photos will not get there.");
        }
        if (facts.has(SyncFlag.UPGRADE_SUGGESTED) && !isFound(Cause.IOS_TOO_OLD)) {
            notes.add("A newer iOS is needed to see all photos that iCloud has.");
        }
        if (diagnosis.cause() == Cause.NONE
                && !facts.isFresh()
                && facts.lastSuccess().isPresent()) {
            notes.add("It has not synced for a while, and nothing waits: open Photos for a minute to be sure.");
        }
        if (diagnosis.cause() == Cause.NONE && !diagnosis.isMatching()) {
            notes.add("If a photo is missing on another device, check that device, and that it uses the "
                    + "same account.");
        }
        return notes;
    }

    private boolean isFound(Cause cause) {
        return diagnosis.cause() == cause || diagnosis.also().contains(cause);
    }

    private String also(Cause cause) {
        return new CloudWords(new Diagnosis(cause, List.of(), facts), zone).verdict();
    }

    /** Returns questions that only the person can answer, because the phone keeps no trace of it. */
    public List<String> questions() {
        return switch (diagnosis.cause()) {
            case ICLOUD_FULL -> List.of("how large your iCloud plan is");
            case IOS_TOO_OLD -> List.of("whether an update of iOS is offered");
            case SIGNED_OUT, OFF, DELETING -> List.of("which Apple Account this is, and whether that is meant");
            case OFFLINE, AIRPLANE_MODE, CELLULAR_OFF, LOW_DATA_MODE -> List.of("which network the iPhone is on now");
            case WIPED -> List.of("whether another device erased it");
            case LOW_POWER_MODE -> List.of("whether Low Power Mode is still on");
            case UNREADABLE -> List.of("whether iCloud Photos is on", "how much iCloud storage is left");
            default ->
                List.of(
                        "whether your other devices use the same Apple Account",
                        "whether Apple has an outage (apple.com/support/systemstatus)");
        };
    }

    /** Formats a day in the time zone of the reader. */
    public String day(Instant at) {
        return DAY.format(at.atZone(zone));
    }

    /** Formats a time to the minute, in the time zone of the reader. */
    public String minute(Instant at) {
        return MINUTE.format(at.atZone(zone));
    }

    /** Formats how long ago a time was. */
    public String age(Instant at) {
        Duration age = Duration.between(at, facts.now());
        return age.compareTo(Duration.ofMinutes(1)) < 0 ? "just now" : Amounts.age(age) + " ago";
    }
}
