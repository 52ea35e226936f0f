package dev.shoebox.phonebackup;

import dev.shoebox.photos.source.ListingLimits;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.PassedOver;
import dev.shoebox.photos.source.SourceId;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Files of a backup outside the camera roll. Each requested file is listed, or named with what to do. */
final class OtherDomains extends PhoneBackupSource {
    private final OtherEntries known;

    /** @param remarks further remarks about the backup */
    OtherDomains(SourceId id, EntryReader reader, OtherEntries known, ListingLimits limits, List<String> remarks) {
        super(id, reader, new Listed(known.entries(), known.beyond()), limits, remarks);
        this.known = known;
    }

    @Override
    String adviceOnMissing() {
        return " that the backup lists cannot be read; each is listed. Look for another backup of this iPhone on another"
                + " computer or disk.";
    }

    /** Files that were not requested were passed over when the manifest was read. */
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
