package dev.shoebox.library;

import dev.shoebox.library.database.DatabaseSignature;
import dev.shoebox.library.database.LibraryCopy;
import dev.shoebox.library.database.LibraryResult;
import dev.shoebox.library.database.NoLibraryException;
import dev.shoebox.library.database.PhoneDatabase;
import dev.shoebox.library.database.Tables;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.NamedFiles;
import dev.shoebox.photos.source.SourceId;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * Reads the Photos library beside the photos on a phone, or in a folder with the copy of one; or that of a Mac, if the
 * folder is one ({@code NAME.photoslibrary}).
 */
public final class LibraryReader {
    /** Exists while iCloud Photos is on, as seen on three phones with iOS 15 and 16. */
    private static final String ICLOUD_MARKER = "PhotoData/cpl_enabled_marker";

    /** The folder of originals in a Mac's library, with a folder for each first digit of their names. */
    private static final String ORIGINALS = "originals/";

    /** The number of copies to make: a damaged one may have been damaged in transfer. */
    private static final int MOST_COPIES = 2;

    private final Path cache;

    /** @param cache a folder for copies of phones' libraries; created for the current user only */
    public LibraryReader(Path cache) {
        this.cache = cache;
    }

    /**
     * Reads the library; not while a stream of the source is open. An unchanged library costs a few requests. Never
     * throws: photos can be copied without a library.
     *
     * @param copying receives the size of the library in bytes before it is copied
     * @param stopped polled; returns whether to give up
     */
    public LibraryResult read(MediaSource source, LongConsumer copying, BooleanSupplier stopped) {
        Optional<NamedFiles> files = NamedFiles.of(source);
        boolean phone = source.id().isOfPhone();
        if (files.isEmpty()) {
            return LibraryResult.NOTHING;
        }
        try {
            if (files.get().find(DatabaseSignature.DATABASE).isEmpty()) {
                if (!phone && files.get().find(PhoneDatabase.MAC_LIBRARY.path()).isPresent()) {
                    return read(PhoneDatabase.MAC_LIBRARY, ORIGINALS, source, copying, stopped);
                }
                return phone
                        ? LibraryResult.none((source.id().kind() == SourceId.Kind.PHONE
                                        ? "the iPhone offers none"
                                        : "the backup has none")
                                + " (" + DatabaseSignature.DATABASE + ")")
                        : LibraryResult.NOTHING;
            }
            return read(PhoneDatabase.LIBRARY, "", source, copying, stopped);
        } catch (NoLibraryException none) {
            return none(none);
        } catch (MediaSource.UnreadableException refused) {
            return LibraryResult.none("it cannot be copied: " + withoutStop(refused.getMessage()));
        } catch (IOException failed) {
            return LibraryResult.none("copying it failed: " + withoutStop(failed.getMessage()));
        } catch (OutOfMemoryError tooLarge) {
            return LibraryResult.none("there is not enough memory");
        } catch (RuntimeException | LinkageError defect) {
            // Nothing on a phone may prevent its photos from being copied.
            return LibraryResult.none("of an unexpected error (" + defect + ")");
        }
    }

    /** @param place the prefix of the library's paths */
    private LibraryResult read(
            PhoneDatabase database, String place, MediaSource source, LongConsumer copying, BooleanSupplier stopped)
            throws IOException {
        NamedFiles files = NamedFiles.of(source).orElseThrow();
        boolean marked = files.find(ICLOUD_MARKER).isPresent();
        try (LibraryCopy copy = new LibraryCopy(database, cache, source, files, copying, stopped)) {
            return read(copy, path -> library(path, place, marked, stopped));
        }
    }

    private interface Parse {
        Library of(Path database) throws NoLibraryException;
    }

    private static Library library(Path database, String place, boolean marked, BooleanSupplier stopped)
            throws NoLibraryException {
        try (Tables tables = Tables.open(database, stopped)) {
            return new AssetReader(tables, marked, place).read();
        }
    }

    private static LibraryResult read(LibraryCopy copy, Parse parse) throws IOException {
        for (int tries = 1; ; tries++) {
            LibraryCopy.Complete complete = copy.complete();
            try {
                return LibraryResult.of(parse.of(complete.database()));
            } catch (NoLibraryException unusable) {
                if (!unusable.isDamage()) {
                    throw unusable;
                }
                copy.forget();
                if (tries == MOST_COPIES) {
                    return complete.hasLog() ? withoutLog(copy, parse) : none(unusable);
                }
            }
        }
    }

    private static LibraryResult none(NoLibraryException unusable) {
        return LibraryResult.none(unusable.getMessage());
    }

    private static LibraryResult withoutLog(LibraryCopy copy, Parse parse) throws IOException {
        Library library = parse.of(copy.withoutLog());
        return new LibraryResult(
                library,
                Optional.of("The newest changes in the Photos library cannot be read, so its details of the "
                        + "newest photos may be outdated."));
    }

    private static String withoutStop(String message) {
        String line = String.valueOf(message).strip();
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }
}
