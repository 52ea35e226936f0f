package dev.shoebox.coverage.icloud;

/**
 * What could be lost: how much exists only on the phone, and what a backup has of it.
 *
 * @param onlyOnPhone the number of photos and videos on the phone that are not known to be in iCloud
 * @param backup how much of the phone a backup has
 */
public record Stake(long onlyOnPhone, Backup backup) {
    /** How much of a phone a backup has. */
    public enum Backup {
        /** No backup is known. */
        NONE,
        /** Something on the phone is not in the backup. */
        PART,
        /** The backup has everything on the phone, but not all of it was verified since. */
        WHOLE,
        /** Everything in the phone's library is on the phone, and the backup has all of it, verified since. */
        PROVEN
    }

    public static final Stake UNKNOWN = new Stake(0, Backup.NONE);

    /** Returns whether nothing would be lost if the phone, or iCloud, lost everything. */
    boolean isProven() {
        return backup == Backup.PROVEN;
    }
}
