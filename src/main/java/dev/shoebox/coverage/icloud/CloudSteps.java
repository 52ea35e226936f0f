package dev.shoebox.coverage.icloud;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Suggests what to do about a cause, in at most three steps. No step may endanger a photo. A step that switches iCloud
 * Photos off, signs out, or removes a photo is suggested only if a verified backup has everything; otherwise the first
 * step is the backup.
 */
public final class CloudSteps {
    private static final int MOST = 3;
    private static final String PHOTOS_SETTINGS = "Settings > your name > iCloud > Photos";
    private static final String CHARGE = "Leave the iPhone on Wi-Fi and its charger, locked, for a night.";
    private static final String WAKE = "Open Photos on the iPhone for a minute, on Wi-Fi and the charger.";

    private final String backup;
    private final String verify;

    /** @param backup the command line that makes the backup; {@code verify} is the one that verifies it */
    public CloudSteps(String backup, String verify) {
        this.backup = backup;
        this.verify = verify;
    }

    public List<String> of(Diagnosis diagnosis, Stake stake) {
        List<String> steps = new ArrayList<>();
        if (diagnosis.cause() == Cause.NONE && stake.onlyOnPhone() == 0) {
            return steps;
        }
        first(diagnosis, stake).ifPresent(steps::add);
        steps.addAll(then(diagnosis, stake));
        return List.copyOf(steps.subList(0, Math.min(MOST, steps.size())));
    }

    private Optional<String> first(Diagnosis diagnosis, Stake stake) {
        return switch (stake.backup()) {
            case NONE, PART ->
                Optional.of((diagnosis.cause() == Cause.DELETING ? "Now, before all else: " : "First: ") + backup
                        + " copies everything on the iPhone, so that nothing can be lost.");
            case WHOLE ->
                needsProof(diagnosis.cause())
                        ? Optional.of("First: " + verify + " proves the backup.")
                        : Optional.empty();
            case PROVEN -> Optional.empty();
        };
    }

    /** Returns whether the remedy is safe only if everything is proven elsewhere. */
    private static boolean needsProof(Cause cause) {
        return switch (cause) {
            case DELETING, STUCK_RESET, REJECTED_ITEMS, WIPED, WAITING, PHONE_FULL -> true;
            default -> false;
        };
    }

    private static List<String> then(Diagnosis diagnosis, Stake stake) {
        boolean proven = stake.isProven();
        return switch (diagnosis.cause()) {
            case DELETING ->
                List.of(
                        "To keep iCloud's copy, switch " + PHOTOS_SETTINGS + " > Sync this iPhone on again "
                                + "before that"
                                + " day.",
                        "Fetch what is only in iCloud: choose Download and Keep Originals there, wait until "
                                + "it is done,"
                                + " and back up again.");
            case OFF ->
                List.of("If you want photos in iCloud, switch on " + PHOTOS_SETTINGS
                        + " > Sync this iPhone. If not, let Shoebox back them up every week: 'shoebox schedule"
                        + " install'.");
            case FIRST_SYNC ->
                List.of(CHARGE, "Large libraries take days. 'shoebox icloud --watch' shows the progress.");
            case SIGNED_OUT ->
                List.of("Open Settings and enter the password at the notice below your name. Keep the account on the"
                        + " iPhone.");
            case IOS_TOO_OLD -> List.of("Settings > General > Software Update.");
            case OFFLINE -> List.of("Join a Wi-Fi network: Settings > Wi-Fi.", WAKE);
            case AIRPLANE_MODE -> List.of("Switch Airplane Mode off, or join a Wi-Fi network.", WAKE);
            case CELLULAR_OFF ->
                List.of("Join a Wi-Fi network, or allow it: Settings > Apps > Photos > Mobile Data (before iOS 18:"
                        + " Settings > Photos > Mobile Data).");
            case LOW_DATA_MODE ->
                List.of("Settings > Wi-Fi > (i) beside the network: switch Low Data Mode off; or join a better"
                        + " network.");
            case PHONE_FULL -> phoneFull(proven);
            case ICLOUD_FULL ->
                List.of(
                        "Settings > your name > iCloud shows what uses it: get more storage, or free some "
                                + "without deleting photos.",
                        WAKE);
            case PAUSED ->
                List.of("It then resumes by itself. To resume now, press Resume at the bottom of the "
                        + "Library in Photos.");
            case LOW_POWER_MODE -> List.of("Settings > Battery: switch Low Power Mode off, or charge to 80 %.", CHARGE);
            case BATTERY -> List.of(CHARGE);
            case HOT_OR_BUSY -> List.of("Let it cool, out of its case, and close the camera and games.", CHARGE);
            case STUCK_RESET -> stuck(proven);
            case REJECTED_ITEMS -> rejected(proven);
            case WIPED ->
                List.of(
                        "Change nothing in iCloud and delete nothing anywhere.",
                        "Ask Apple what happened: getsupport.apple.com.");
            case WAITING -> waiting(proven);
            case UNREADABLE ->
                List.of(
                        "The bottom of the Library in Photos says whether anything is waiting, and why.",
                        "Send us the output of 'shoebox doctor --phone-facts': it helps us to support such iPhones.");
            case NONE -> List.of();
        };
    }

    private static List<String> phoneFull(boolean proven) {
        List<String> steps = new ArrayList<>();
        steps.add("Free some space: Settings > General > iPhone Storage. Remove apps or downloads, not photos.");
        if (proven) {
            steps.add("Then choose " + PHOTOS_SETTINGS + " > Optimize iPhone Storage; your originals are "
                    + "proven in the"
                    + " backup.");
        }
        return steps;
    }

    private static List<String> stuck(boolean proven) {
        List<String> steps = new ArrayList<>();
        steps.add("Restart the iPhone, and leave it on Wi-Fi and its charger for an hour.");
        if (proven) {
            steps.add("If it is still stuck: your photos are proven in the backup, so switch " + PHOTOS_SETTINGS
                    + " off and on again, and choose to keep the photos on the iPhone.");
        }
        return steps;
    }

    private static List<String> rejected(boolean proven) {
        return proven
                ? List.of("The items are proven in the backup: export each from there, delete it in Photos, "
                        + "and import"
                        + " it again.")
                : List.of("They are on the iPhone, and 'shoebox icloud' lists them: keep them there until "
                        + "that backup is proven.");
    }

    private static List<String> waiting(boolean proven) {
        List<String> steps = new ArrayList<>();
        steps.add(WAKE);
        steps.add("Restart the iPhone; 'shoebox icloud --watch' shows whether anything moves.");
        if (proven) {
            steps.add("As a last resort, with everything proven in the backup: sign out of iCloud and in again.");
        }
        return steps;
    }
}
