package dev.shoebox.phonebackup;

import dev.shoebox.photos.source.ListingLimits;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.PassedOver;
import dev.shoebox.photos.source.SourceId;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Files of a backup that are not of its camera roll; each that is wanted is listed, or named with what to do. */
final class OtherDomains extends PhoneBackupSource {
    private final OtherEntries known;

    /** @param remarks what else is to be known of the backup */
    OtherDomains(SourceId id, EntryReader reader, OtherEntries known, ListingLimits limits, List<String> remarks) {
        super(id, reader, new Listed(known.entries(), known.beyond()), limits, remarks);
        this.known = known;
    }

    @Override
    String adviceOnMissing() {
        return " that the backup lists cannot be read; each is listed. Look for another backup of this iPhone on another"
                + " computer or disk.";
    }

    /** What is not wanted was passed over when the list was read. */
    @Override
    Optional<PassedOver> passedOver(String path, BackupEntry entry) {
        return Optional.empty();
    }

    @Override
    List<PassedOver> passedOver() {
        return known.passedOver();
    }

    @Override
    Comparator<MediaFile> order() {
        return Comparator.comparing(MediaFile::path);
    }
}
