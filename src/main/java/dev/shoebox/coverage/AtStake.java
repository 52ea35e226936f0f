package dev.shoebox.coverage;

import dev.shoebox.coverage.icloud.Cause;
import dev.shoebox.coverage.icloud.Stake;
import dev.shoebox.photos.LibraryAsset.Trait;

import java.util.List;
import java.util.Optional;

/** Counts what would be lost with the phone, or with the copies in iCloud. Does not count Recently Deleted. */
public final class AtStake {
    private AtStake() {}

    /**
     * Counts what is at stake.
     *
     * @param covered every asset of the phone
     * @param complete whether the whole phone was listed and its library was read
     * @param holdings what a backup has of this phone, if one is known
     * @param cause why iCloud has stopped; copies that iCloud is about to delete do not count
     */
    public static Stake of(
            List<AssetCoverage> covered, boolean complete, Optional<BackedUpFiles> holdings, Cause cause) {
        boolean losing = cause == Cause.DELETING || cause == Cause.WIPED;
        long onlyOnPhone = 0;
        boolean whole = complete && !covered.isEmpty();
        boolean proven = whole;
        for (AssetCoverage each : covered) {
            if (each.known().filter(known -> known.is(Trait.TRASHED)).isPresent()) {
                continue;
            }
            CoverageClass where = each.whereabouts();
            boolean held = holdings.filter(all -> all.hold(each)).isPresent();
            if (each.isHere()) {
                onlyOnPhone += where == CoverageClass.ONLY_ON_PHONE
                                || where == CoverageClass.WAITING_FOR_ICLOUD
                                || (losing && where != CoverageClass.UNKNOWN)
                        ? 1
                        : 0;
                whole &= held;
                proven &= held && holdings.filter(all -> all.haveVerified(each)).isPresent();
            }
            // An asset with a part that is not on the phone could be lost with iCloud.
            proven &= each.isHere() && where != CoverageClass.PART_MISSING;
        }
        return new Stake(
                onlyOnPhone,
                holdings.isEmpty()
                        ? Stake.Backup.NONE
                        : proven ? Stake.Backup.PROVEN : whole ? Stake.Backup.WHOLE : Stake.Backup.PART);
    }
}
