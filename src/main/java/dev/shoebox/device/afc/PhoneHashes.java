package dev.shoebox.device.afc;

import dev.shoebox.device.afc.Afc.Request;
import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.photos.fingerprint.ContentDigest;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.SelfHashing.FileHashes;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Has a phone hash its files over a separate connection. */
final class PhoneHashes implements FileHashes {
    private static final int SHA1_BYTES = 20;

    private final AfcConnection connection;

    /** Whether the phone does not support requests for the hash of a whole file. */
    private boolean wholeRefused;

    /** Whether the phone has answered a request for the hash of a whole file. */
    private boolean wholeTried;

    PhoneHashes(AfcConnection connection) {
        this.connection = connection;
    }

    @Override
    public Optional<String> sha1(MediaFile file) throws DeviceException {
        return file.size() > ContentDigest.PART ? parts(file) : whole(file);
    }

    /**
     * Hashes a large file in parts: as a whole it would keep the phone silent for longer than a working connection may
     * be.
     */
    private Optional<String> parts(MediaFile file) throws DeviceException {
        StringBuilder parts = new StringBuilder();
        for (long start = 0; start < file.size(); start += ContentDigest.PART) {
            Optional<String> part = sha1(file, start, Math.min(ContentDigest.PART, file.size() - start));
            if (part.isEmpty()) {
                return Optional.empty();
            }
            parts.append(part.get());
        }
        return Optional.of(parts.toString());
    }

    private Optional<String> whole(MediaFile file) throws DeviceException {
        List<Optional<String>> answers = new ArrayList<>(1);
        if (!wholeRefused) {
            connection.askPath(Request.FILE_HASH, file.path(), reply -> {
                wholeTried = true;
                wholeRefused = reply.status() == AfcStatus.NOT_SUPPORTED || reply.status() == AfcStatus.UNKNOWN_PACKET;
                answers.add(hash(reply));
            });
            connection.drain();
        }
        // Phones got both requests at the same time, but may not keep both.
        return wholeRefused ? file.size() > 0 ? sha1(file, 0, file.size()) : Optional.empty() : answers.get(0);
    }

    @Override
    public Optional<String> sha1(MediaFile file, long start, long length) throws DeviceException {
        List<Optional<String>> answers = new ArrayList<>(1);
        connection.askHash(file.path(), start, length, reply -> answers.add(hash(reply)));
        connection.drain();
        return answers.get(0);
    }

    @Override
    public void sha1(List<MediaFile> files, Consumer<Optional<String>> answered) throws IOException {
        boolean isLarge = files.stream().anyMatch(file -> file.size() > ContentDigest.PART);
        if (isLarge || !wholeTried) {
            FileHashes.super.sha1(files, answered);
            return;
        }
        for (MediaFile file : files) {
            Consumer<AfcConnection.Reply> then = reply -> answered.accept(hash(reply));
            if (wholeRefused) {
                connection.askHash(file.path(), 0, file.size(), then);
            } else {
                connection.askPath(Request.FILE_HASH, file.path(), then);
            }
        }
        connection.drain();
    }

    private static Optional<String> hash(AfcConnection.Reply reply) {
        if (!reply.ok() || reply.data().remaining() != SHA1_BYTES) {
            return Optional.empty();
        }
        byte[] sha1 = new byte[SHA1_BYTES];
        reply.data().get(sha1);
        return Optional.of(HexFormat.of().formatHex(sha1));
    }

    @Override
    public void close() {
        connection.close();
    }
}
