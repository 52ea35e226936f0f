package dev.shoebox.folder.archive;

import dev.shoebox.photos.source.SourceId;
import dev.shoebox.photos.source.Unreadable;
import dev.shoebox.photos.source.Unreadable.Reason;
import dev.shoebox.system.ExhaustedException;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Locale;
import java.util.Optional;

/**
 * An archive as it was on disk when it was opened.
 *
 * @param path its real path
 * @param size in bytes
 */
public record ArchiveFile(Path path, long size, FileTime modified) {
    public static ArchiveFile of(Path path) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        return new ArchiveFile(path, attributes.size(), attributes.lastModifiedTime());
    }

    SourceId id() {
        return new SourceId(SourceId.Kind.ARCHIVE, path.toString(), name());
    }

    String name() {
        return path.getFileName().toString();
    }

    /** Returns the error for an entry whose archive has changed since it was listed. */
    Optional<Unreadable> complaint(String entry) throws IOException {
        ArchiveFile now;
        try {
            now = of(path);
        } catch (IOException gone) {
            throw lost(gone);
        }
        return now.equals(this)
                ? Optional.empty()
                : Optional.of(new Unreadable(
                        entry,
                        Reason.CHANGED,
                        "The archive " + name() + " changed while it was read. Run the command again."));
    }

    /** @throws IOException instead, if the whole archive is gone, rather than one entry */
    Unreadable explain(String entry, IOException failed) throws IOException {
        Optional<ExhaustedException> exhausted = ExhaustedException.now(failed);
        if (exhausted.isPresent()) {
            throw exhausted.get();
        }
        if (!Files.isReadable(path)) {
            throw lost(failed);
        }
        return damaged(entry, failed);
    }

    static Unreadable damaged(String entry, Exception failed) {
        return new Unreadable(
                entry,
                Reason.READ_ERROR,
                entry + " is damaged in its archive (" + reason(failed) + "). Try another copy of the archive.");
    }

    /** Describes damage to the archive itself, once its entries up to {@code last} are handled. */
    Unreadable cutOff(String last, Exception failed) throws IOException {
        requireUnchanged();
        if (failed instanceof EntryCursor.TooManyException) {
            return tooMany(failed.getMessage());
        }
        String where = last.isEmpty() ? "at its beginning" : "after " + last;
        return new Unreadable(
                name(),
                Reason.READ_ERROR,
                "The archive " + name() + " is damaged or cut off " + where + " (" + reason(failed)
                        + "): files in it may be damaged or missing. Try another copy of the archive.");
    }

    Unreadable tooMany(String complaint) {
        return new Unreadable(
                name(),
                Reason.REFUSED,
                "The archive " + name() + " has " + complaint
                        + ": the rest was skipped. Unpack it and back up its folders one by one.");
    }

    /** Describes a failure, even if the unpacker gives no message or names only its own internals. */
    static String reason(Exception failed) {
        String words = failed.getMessage();
        boolean isCut = failed instanceof EOFException
                || (words != null && words.toLowerCase(Locale.ROOT).matches(".*(unexpected end|truncated).*"));
        if (isCut) {
            return "it is cut short";
        }
        return words == null || words.isBlank() || words.contains("Exception")
                ? "its contents cannot be unpacked"
                : words;
    }

    /** Reports that the listing was asked to stop. */
    static InterruptedIOException stopped(IOException interrupted) {
        var stopped = new InterruptedIOException("Listing the archive was interrupted.");
        stopped.initCause(interrupted);
        return stopped;
    }

    /** @throws IOException if the archive is gone or has changed */
    void requireUnchanged() throws IOException {
        if (complaint("").isPresent()) {
            throw new IOException("The archive " + path + " changed since it was opened. Run the command again.");
        }
    }

    private IOException lost(IOException cause) {
        Optional<ExhaustedException> exhausted = ExhaustedException.now(cause);
        if (exhausted.isPresent()) {
            return exhausted.get();
        }
        return new IOException(
                "The archive " + path + " is no longer there. Was its disk unplugged? Connect it and run again.",
                cause);
    }
}
