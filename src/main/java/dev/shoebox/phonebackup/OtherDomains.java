package dev.shoebox.phonebackup;

import dev.shoebox.photos.sorting.FileSorter;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.ListingLimits;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.MediaStream;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.photos.source.Unreadable;
import dev.shoebox.photos.source.Unreadable.Reason;
import dev.shoebox.text.Amounts;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Files of a backup that are not of its camera roll; each that is wanted is listed, or named with what to do. */
final class OtherDomains implements MediaSource {
    private final SourceId id;
    private final EntryReader reader;
    private final OtherEntries known;
    private final ListingLimits limits;
    private final List<String> remarks;
    private long missing;

    /** @param remarks what else is to be known of the backup */
    OtherDomains(SourceId id, EntryReader reader, OtherEntries known, ListingLimits limits, List<String> remarks) {
        this.id = id;
        this.reader = reader;
        this.known = known;
        this.limits = limits;
        this.remarks = List.copyOf(remarks);
    }

    @Override
    public SourceId id() {
        return id;
    }

    @Override
    public List<String> remarks() {
        List<String> all = new ArrayList<>(remarks);
        if (missing > 0) {
            all.add(Amounts.count(missing) + (missing == 1 ? " file" : " files")
                    + " that the backup lists cannot be read; each is listed. Look for another backup of "
                    + "this iPhone on another computer or disk.");
        }
        return all;
    }

    @Override
    public boolean isBroken(MediaFile file) {
        return reader.isBroken(file);
    }

    @Override
    public Listing list() throws IOException {
        reader.requireThere();
        missing = 0;
        FileSorter sorting = new FileSorter(limits, "the backup");
        known.passedOver().forEach(each -> {
            sorting.met(each.files());
            sorting.passOver(each);
        });
        for (BackupEntry entry : known.entries()) {
            if (entry.path().isEmpty()) {
                refuse(
                        sorting,
                        new Unreadable(entry.shown(), Reason.REFUSED, "The backup lists a file with an invalid path."));
            }
        }
        for (Map.Entry<String, BackupEntry> each : reader.entries().entrySet()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("Listing the backup was interrupted.");
            }
            try {
                sorting.take(reader.file(each.getKey(), each.getValue()));
                sorting.met();
            } catch (IOException failed) {
                refuse(sorting, reader.explain(each.getKey(), each.getValue(), failed));
            }
        }
        if (known.beyond() > 0) {
            refuse(
                    sorting,
                    new Unreadable(
                            "the backup",
                            Reason.REFUSED,
                            "The backup lists " + limits.count().complaint() + "; " + Amounts.count(known.beyond())
                                    + " more were skipped."));
        }
        return sorting.listing();
    }

    private void refuse(FileSorter sorting, Unreadable why) {
        missing++;
        sorting.met();
        sorting.refuse(why);
    }

    @Override
    public MediaStream read(List<Request> requests) throws IOException {
        return reader.read(requests);
    }

    @Override
    public SeekableByteChannel open(MediaFile file) throws IOException {
        return reader.open(file);
    }

    @Override
    public void close() {}
}
