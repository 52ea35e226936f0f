package dev.shoebox.folder.archive;

import dev.shoebox.folder.stream.ChannelInput;
import dev.shoebox.photos.source.ListingLimits;
import dev.shoebox.system.FolderHandle;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.util.Optional;

/** Indexes an uncompressed tar: finds where the bytes of each file are. */
final class TarIndex {
    private TarIndex() {}

    /** Lists what can be found in a damaged archive, and reports the damage. */
    static IndexedArchive read(ArchiveFile file, ListingLimits limits, IndexedArchive.InnerArchives inner)
            throws IOException {
        FileChannel channel = FolderHandle.openFile(file.path());
        IndexedArchive archive = new IndexedArchive(file, channel, limits, inner);
        ChannelInput input = new ChannelInput(channel, 0, file.size());
        EntryCursor.Limited limited = new EntryCursor.Limited(input);
        String last = "";
        try (EntryCursor cursor = new EntryCursor(limited, new LenientTar(limited, EntryCursor.MOST_HEADER), limits)) {
            for (Optional<EntryCursor.Entry> next = cursor.next(); next.isPresent(); next = cursor.next()) {
                EntryCursor.Entry entry = next.get();
                long start = input.position();
                last = entry.path();
                if (!entry.isSettled() && entry.size() > file.size() - start) {
                    archive.addUnreadable(ArchiveFile.damaged(last, new IOException("the archive is cut off in it")));
                } else {
                    archive.add(entry, () -> new ChannelInput(channel, start, start + entry.size()));
                }
            }
        } catch (InterruptedIOException | ClosedByInterruptException stopped) {
            throw ArchiveFile.stopped(stopped);
        } catch (IOException damaged) {
            archive.addUnreadable(file.cutOff(last, damaged));
        }
        return archive;
    }
}
