package dev.shoebox.coverage.icloud;

/**
 * What could be lost: how much is nowhere but on the phone, and what a backup has of it.
 *
 * @param onlyOnPhone photos and videos on the phone that iCloud is not known to have
 * @param backup what of the phone a backup has
 */
public record Stake(long onlyOnPhone, Backup backup) {
    /** What of a phone a backup has. */
    public enum Backup {
        /** None is known. */
        NONE,
        /** Something on the phone is not in it. */
        PART,
        /** It has all that is on the phone, and not all of that was read again since. */
        WHOLE,
        /** All that the phone's library has is on the phone, and all of it was read again in the backup and found well. */
        PROVEN
    }

    public static final Stake UNKNOWN = new Stake(0, Backup.NONE);

    /** Whether nothing would be lost if the phone, or iCloud, lost everything. */
    boolean isProven() {
        return backup == Backup.PROVEN;
    }
}
