package dev.shoebox.destination.proof;

import dev.shoebox.destination.disk.ContentHash;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.opening.DestinationOpener;
import dev.shoebox.destination.opening.RecordConsistency;
import dev.shoebox.destination.opening.UncheckedDrive;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.destination.records.Kept;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Reads back the records and the files stored since the drive was cut off, at the end of a run on an
 * {@link UncheckedDrive}.
 */
final class LateReadBack {
    private final Disk disk;
    private final Catalogue catalogue;
    private final boolean readsPastCache;

    LateReadBack(DestinationOpener.Opened opened) {
        this.disk = opened.disk();
        this.catalogue = opened.catalogue();
        this.readsPastCache = opened.writing().orElseThrow().abilities().readsPastCache();
    }

    /** @param photos paths of photos with wrong content */
    record Wrong(List<String> photos, List<String> records) {
        boolean isNothing() {
            return photos.isEmpty() && records.isEmpty();
        }
    }

    Wrong wrong() throws IOException {
        OptionalLong since = UncheckedDrive.since(disk);
        if (since.isEmpty()) {
            return new Wrong(List.of(), List.of());
        }
        List<String> photos = new ArrayList<>();
        for (long id : catalogue.ids(false)) {
            if (id > since.getAsLong()) {
                Kept kept = catalogue.with(id);
                if (!isRight(kept)) {
                    photos.add(kept.path());
                }
            }
        }
        return new Wrong(photos, new RecordConsistency(disk, catalogue).damaged());
    }

    private boolean isRight(Kept kept) throws IOException {
        try {
            return ContentHash.best(disk, kept.path(), readsPastCache).equals(kept.sha256());
        } catch (DestinationException lost) {
            throw lost;
        } catch (IOException unreadable) {
            return false;
        }
    }
}
