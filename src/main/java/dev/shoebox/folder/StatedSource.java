package dev.shoebox.folder;

import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.MediaStream;
import dev.shoebox.photos.source.NamedFiles;
import dev.shoebox.photos.source.SourceException;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.system.ExhaustedException;
import dev.shoebox.text.FailureText;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A source whose exceptions say that the source failed, so that they cannot be mistaken for other JDK exceptions. */
record StatedSource(JoinedSource inner) implements MediaSource, NamedFiles {
    private interface Work<T> {
        T run() throws IOException;
    }

    private static <T> T stated(Work<T> work) throws IOException {
        try {
            return work.run();
        } catch (UnreadableException
                | ExhaustedException
                | SourceException
                | InterruptedIOException
                | ClosedByInterruptException known) {
            throw known;
        } catch (IOException lost) {
            throw new SourceException.Lost(FailureText.of(lost), lost);
        }
    }

    @Override
    public SourceId id() {
        return inner.id();
    }

    @Override
    public Listing list() throws IOException {
        return stated(inner::list);
    }

    @Override
    public MediaStream read(List<Request> requests) throws IOException {
        MediaStream stream = stated(() -> inner.read(requests));
        return new MediaStream() {
            @Override
            public Piece next() throws IOException {
                return stated(stream::next);
            }

            @Override
            public void close() {
                stream.close();
            }
        };
    }

    @Override
    public SeekableByteChannel open(MediaFile file) throws IOException {
        return stated(() -> inner.open(file));
    }

    @Override
    public Optional<MediaFile> find(String path) throws IOException {
        return stated(() -> inner.find(path));
    }

    @Override
    public OptionalLong freeBytes() throws IOException {
        return stated(inner::freeBytes);
    }

    @Override
    public void close() {
        inner.close();
    }
}
