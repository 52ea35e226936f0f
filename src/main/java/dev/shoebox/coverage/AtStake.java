package dev.shoebox.coverage;

import dev.shoebox.coverage.icloud.Cause;
import dev.shoebox.coverage.icloud.Stake;
import dev.shoebox.photos.LibraryAsset.Trait;

import java.util.List;
import java.util.Optional;

/** Counts what would be lost with a phone, or with what iCloud has of it. Recently Deleted is not counted. */
public final class AtStake {
    private AtStake() {}

    /**
     * @param covered every asset of the phone
     * @param complete whether all of the phone was listed and its library read
     * @param holdings what a backup has of this phone, if one is known
     * @param cause why iCloud has stopped: what it is about to lose counts as if it were not there
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
            // What is not on the phone in all its parts could be lost with iCloud.
            proven &= each.isHere() && where != CoverageClass.PART_MISSING;
        }
        return new Stake(
                onlyOnPhone,
                holdings.isEmpty()
                        ? Stake.Backup.NONE
                        : proven ? Stake.Backup.PROVEN : whole ? Stake.Backup.WHOLE : Stake.Backup.PART);
    }
}
