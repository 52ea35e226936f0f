package dev.shoebox.coverage;

import dev.shoebox.coverage.icloud.Cause;
import dev.shoebox.coverage.icloud.Stake;
import dev.shoebox.photos.LibraryAsset.Trait;

import java.util.List;

/** Counts what would be lost with the phone, or with the copies in iCloud. Does not count Recently Deleted. */
public final class AtStake {
    private AtStake() {}

    /**
     * Counts what would be lost where no backup is known.
     *
     * @param covered every asset of the phone
     * @param cause why iCloud has stopped: what it is about to lose counts as if it were not there
     */
    public static Stake of(List<AssetCoverage> covered, Cause cause) {
        return new Stake(onlyOnPhone(covered, cause), Stake.Backup.NONE);
    }

    /**
     * Counts what would be lost, and how much of it a backup has.
     *
     * @param complete whether all of the phone was listed and its library read
     * @param holdings what the backup has of this phone
     */
    public static Stake of(List<AssetCoverage> covered, boolean complete, BackedUpFiles holdings, Cause cause) {
        boolean whole = complete && !covered.isEmpty();
        boolean proven = whole;
        for (AssetCoverage each : covered) {
            if (isTrashed(each)) {
                continue;
            }
            if (each.isHere()) {
                boolean held = holdings.hold(each);
                whole &= held;
                proven &= held && holdings.haveVerified(each);
            }
            // What is not on the phone in all its parts could be lost with iCloud.
            proven &= each.isHere() && each.whereabouts() != CoverageClass.PART_MISSING;
        }
        return new Stake(
                onlyOnPhone(covered, cause),
                proven ? Stake.Backup.PROVEN : whole ? Stake.Backup.WHOLE : Stake.Backup.PART);
    }

    private static long onlyOnPhone(List<AssetCoverage> covered, Cause cause) {
        boolean losing = cause == Cause.DELETING || cause == Cause.WIPED;
        return covered.stream()
                .filter(each -> !isTrashed(each) && each.isHere())
                .map(AssetCoverage::whereabouts)
                .filter(where -> where == CoverageClass.ONLY_ON_PHONE
                        || where == CoverageClass.WAITING_FOR_ICLOUD
                        || (losing && where != CoverageClass.UNKNOWN))
                .count();
    }

    private static boolean isTrashed(AssetCoverage each) {
        return each.known().filter(known -> known.is(Trait.TRASHED)).isPresent();
    }
}
