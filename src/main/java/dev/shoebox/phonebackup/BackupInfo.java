package dev.shoebox.phonebackup;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the property lists of a backup say about it. Other keys are ignored: they reveal a lot about a person.
 *
 * @param udid the UDID as the iPhone itself reports it; empty if not recorded
 * @param device the name of the iPhone
 * @param version of iOS; empty if unknown
 * @param made when the backup was last updated
 * @param state {@code finished}, or its last stage; empty if unknown
 * @param isUpdate whether it updated an earlier backup, as nearly all do
 */
public record BackupInfo(
        Optional<String> udid,
        String device,
        Optional<String> version,
        Optional<Instant> made,
        Optional<String> state,
        boolean isUpdate) {
    private static final Pattern OLDER = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern NEWER = Pattern.compile("[0-9A-F]{8}-[0-9A-F]{16}");

    /** In characters. iOS accepts longer names, but nobody uses them. */
    private static final int LONGEST_NAME = 100;

    static BackupInfo of(BackupFolder folder) {
        Map<String, Object> manifest = folder.list("Manifest.plist");
        Map<?, ?> phone = manifest.get("Lockdown") instanceof Map<?, ?> known ? known : Map.of();
        Map<String, Object> info = folder.list("Info.plist");
        Map<String, Object> status = folder.list("Status.plist");
        return new BackupInfo(
                text(phone.get("UniqueDeviceID"))
                        .or(() -> text(info.get("Target Identifier")))
                        .or(() -> text(info.get("Unique Identifier")))
                        .flatMap(BackupInfo::udid),
                text(phone.get("DeviceName"))
                        .or(() -> text(info.get("Device Name")))
                        .or(() -> text(info.get("Display Name")))
                        .orElse("iPhone"),
                text(phone.get("ProductVersion")).or(() -> text(info.get("Product Version"))),
                time(status.get("Date"))
                        .or(() -> time(info.get("Last Backup Date")))
                        .or(() -> time(manifest.get("Date"))),
                text(status.get("SnapshotState")),
                Boolean.FALSE.equals(status.get("IsFullBackup")));
    }

    /** Returns whether it says that it is incomplete. */
    public boolean isUnfinished() {
        return state.filter(known -> !known.equalsIgnoreCase("finished")).isPresent();
    }

    private static Optional<Instant> time(Object value) {
        return value instanceof Instant time ? Optional.of(time) : Optional.empty();
    }

    private static Optional<String> text(Object value) {
        return value instanceof String text && !text.isBlank()
                ? Optional.of(text.length() > LONGEST_NAME ? text.substring(0, LONGEST_NAME) : text)
                : Optional.empty();
    }

    /** Info.plist has it in capitals. */
    private static Optional<String> udid(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (OLDER.matcher(lower).matches()) {
            return Optional.of(lower);
        }
        String upper = text.toUpperCase(Locale.ROOT);
        return NEWER.matcher(upper).matches() ? Optional.of(upper) : Optional.empty();
    }
}
