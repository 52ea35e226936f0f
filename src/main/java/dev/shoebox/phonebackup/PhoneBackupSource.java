package dev.shoebox.phonebackup;

import dev.shoebox.photos.sorting.FileSorter;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.ListingLimits;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.MediaStream;
import dev.shoebox.photos.source.PassedOver;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.photos.source.Unreadable;
import dev.shoebox.photos.source.Unreadable.Reason;
import dev.shoebox.text.Amounts;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Files of a backup as a source. Every entry of the manifest is taken, passed over, or named with what to do. */
abstract class PhoneBackupSource implements MediaSource {
    /**
     * The entries for the source.
     *
     * @param entries the entries; those without a path cannot be read
     * @param beyond the number of further entries, which exceed the memory limit
     */
    record Listed(List<BackupEntry> entries, long beyond) {}

    final EntryReader reader;
    private final SourceId id;
    private final Listed listed;
    private final ListingLimits limits;
    private final List<String> remarks;
    private long missing;

    /** @param remarks further remarks about the backup */
    PhoneBackupSource(SourceId id, EntryReader reader, Listed listed, ListingLimits limits, List<String> remarks) {
        this.id = id;
        this.reader = reader;
        this.listed = listed;
        this.limits = limits;
        this.remarks = List.copyOf(remarks);
    }

    /** Returns why a file is not taken; empty if it is. */
    abstract Optional<PassedOver> passedOver(String path, BackupEntry entry);

    /** Returns what is passed over in bulk. */
    abstract List<PassedOver> passedOver();

    /** Returns the advice that follows the number of unreadable files. */
    abstract String adviceOnMissing();

    /** Returns the order of the listing. */
    abstract Comparator<MediaFile> order();

    @Override
    public SourceId id() {
        return id;
    }

    @Override
    public List<String> remarks() {
        List<String> all = new ArrayList<>(remarks);
        if (missing > 0) {
            all.add(Amounts.count(missing) + (missing == 1 ? " file" : " files") + adviceOnMissing());
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
        for (BackupEntry entry : listed.entries()) {
            if (entry.path().isEmpty()) {
                String shown = entry.shown().isEmpty() ? "the backup" : entry.shown();
                refuse(sorting, new Unreadable(shown, Reason.REFUSED, "The backup lists a file with an invalid path."));
            }
        }
        List<MediaFile> files = new ArrayList<>();
        for (Map.Entry<String, BackupEntry> each : reader.entries().entrySet()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("Listing the backup was interrupted.");
            }
            Optional<PassedOver> passed = passedOver(each.getKey(), each.getValue());
            if (passed.isPresent()) {
                passOver(sorting, passed.get());
                continue;
            }
            try {
                files.add(reader.file(each.getKey(), each.getValue()));
                sorting.met();
            } catch (IOException failed) {
                refuse(sorting, reader.explain(each.getKey(), each.getValue(), failed));
            }
        }
        files.sort(order());
        files.forEach(sorting::take);
        passedOver().forEach(each -> passOver(sorting, each));
        if (listed.beyond() > 0) {
            refuse(
                    sorting,
                    new Unreadable(
                            "the backup",
                            Reason.REFUSED,
                            "The backup lists " + limits.count().complaint() + "; " + Amounts.count(listed.beyond())
                                    + " more were skipped."));
        }
        return sorting.listing();
    }

    private static void passOver(FileSorter sorting, PassedOver what) {
        sorting.met(what.files());
        sorting.passOver(what);
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
