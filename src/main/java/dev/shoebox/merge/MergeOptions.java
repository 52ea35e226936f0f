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

/** How one backup is brought into another: everything that it has, and the dates that it found out. */
public final class MergeOptions {
    private MergeOptions() {}

    /** @param layout of the folders for what comes */
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
