package dev.shoebox.merge;

import dev.shoebox.backup.Backup;
import dev.shoebox.backup.event.DateSource;
import dev.shoebox.backup.event.FingerprintUse;
import dev.shoebox.backup.plan.BackupSelection;
import dev.shoebox.backup.transfer.RetryPolicy;
import dev.shoebox.destination.naming.Layout;
import dev.shoebox.photos.choice.AssetFilter;
import dev.shoebox.photos.choice.ResourceFilter;
import dev.shoebox.photos.source.Scope;

import java.time.Duration;
import java.time.ZoneId;
import java.util.OptionalLong;

/** The engine's options for a merge: copies everything, with the dates that the other backup determined. */
public final class MergeOptions {
    private MergeOptions() {}

    /** @param layout the folder layout for new files */
    public static Backup.Options with(Layout layout) {
        return new Backup.Options(
                layout,
                ZoneId.systemDefault(), // A drive does not come back by waiting.
                RetryPolicy.waiting(Duration.ZERO),
                OptionalLong.empty(),
                new Backup.Proving(Backup.Verify.AUTO, FingerprintUse.AUTO),
                new BackupSelection(
                        AssetFilter.EVERYTHING.withTrashed(),
                        ResourceFilter.ALL,
                        BackupSelection.Order.PHONE,
                        new Scope(true, false)),
                DateSource.PHOTOS);
    }
}
