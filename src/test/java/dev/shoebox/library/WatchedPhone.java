package dev.shoebox.library;

import dev.shoebox.folder.FolderSource;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.MediaStream;
import dev.shoebox.photos.source.NamedFiles;
import dev.shoebox.photos.source.SourceId;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A folder that poses as a phone and records what is read; an event can follow each file. */
final class WatchedPhone implements MediaSource, NamedFiles {
    final List<String> read = new ArrayList<>();

    /** Files that were opened for random access. */
    final List<String> opened = new ArrayList<>();

    Event afterRead = path -> {};

    /** Runs while the rest of the file is read, or about to be. */
    Event afterPiece = path -> {};

    private final MediaSource folder;

    WatchedPhone(Path media) throws IOException {
        this.folder = FolderSource.open(media);
    }

    interface Event {
        void happen(String path) throws IOException;
    }

    @Override
    public SourceId id() {
        return new SourceId(SourceId.Kind.PHONE, "00008110-0001", "Phone");
    }

    @Override
    public Listing list() throws IOException {
        return folder.list();
    }

    @Override
    public MediaStream read(List<Request> requests) throws IOException {
        MediaStream stream = folder.read(requests);
        return new MediaStream() {
            @Override
            public Piece next() throws IOException {
                Piece piece = stream.next();
                if (piece instanceof Bytes) {
                    afterPiece.happen(piece.path());
                } else {
                    read.add(piece.path());
                    afterRead.happen(piece.path());
                }
                return piece;
            }

            @Override
            public void close() {
                stream.close();
            }
        };
    }

    @Override
    public SeekableByteChannel open(MediaFile file) throws IOException {
        opened.add(file.path());
        return folder.open(file);
    }

    @Override
    public Optional<MediaFile> find(String path) throws IOException {
        return NamedFiles.of(folder).orElseThrow().find(path);
    }

    @Override
    public void close() {
        folder.close();
    }
}
