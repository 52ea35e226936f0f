package dev.shoebox.device.afc;

import dev.shoebox.device.PhotosFixture;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.MediaStream;
import dev.shoebox.photos.source.SelfHashing;
import dev.shoebox.photos.source.SelfHashing.FileHashes;
import dev.shoebox.simulator.phone.FileHashing.Answer;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

/** A phone that hashes its files is asked beside a stream; one that does not, or sends garbage, is not trusted. */
class PhoneHashesTest extends PhotosFixture {
    private static final String LARGE = "DCIM/100APPLE/IMG_0009.JPG";

    private static Optional<String> sha1(byte[] bytes) {
        try {
            return Optional.of(
                    HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MediaFile file(MediaSource photos, String path) throws IOException {
        return photos.list().files().stream()
                .filter(file -> file.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    private FileHashes hashes(MediaSource photos) throws IOException {
        return SelfHashing.of(photos).orElseThrow().hashes();
    }

    @Test
    void aFileAndAPartOfItAreHashedWhileAStreamRuns() throws IOException {
        plugged.phone.faults().hashing().answer(Answer.TRUE);
        byte[] content = contents.get(LARGE);
        try (MediaSource photos = plugged.photos()) {
            MediaFile large = file(photos, LARGE);
            List<MediaSource.Request> requests = fromStart(photos.list());
            try (MediaStream stream = photos.read(requests);
                    FileHashes hashes = hashes(photos)) {
                assertEquals(sha1(content), hashes.sha1(large));
                assertEquals(sha1(Arrays.copyOfRange(content, 1000, 1_501_000)), hashes.sha1(large, 1000, 1_500_000));
                assertEquals(sha1(new byte[0]), hashes.sha1(file("DCIM/100APPLE/IMG_0000.JPG")));
                assertIntactBut(receive(stream, requests.size()));
            }
        }
    }

    @Test
    void manyFilesAreHashedInTheirOrder() throws IOException {
        plugged.phone.faults().hashing().answer(Answer.TRUE);
        plugged.phone.faults().hashing().refuse("DCIM/100APPLE/IMG_0003.JPG");
        try (MediaSource photos = plugged.photos();
                FileHashes hashes = hashes(photos)) {
            List<MediaFile> files = photos.list().files().stream()
                    .filter(file -> file.size() > 0)
                    .toList();
            for (int round = 1; round <= 2; round++) {
                List<Optional<String>> answers = new ArrayList<>();
                hashes.sha1(files, answers::add);
                assertEquals(
                        files.stream()
                                .map(file -> file.path().endsWith("3.JPG")
                                        ? Optional.empty()
                                        : sha1(contents.get(file.path())))
                                .toList(),
                        answers,
                        "round " + round);
            }
        }
    }

    private static MediaFile file(String path) {
        return new MediaFile(path, 0, Instant.EPOCH, Optional.empty());
    }

    @Test
    void bitsThatTheCableFlipsAreNotInThePhonesHash() throws IOException {
        plugged.phone.faults().hashing().answer(Answer.TRUE);
        plugged.phone.faults().flipBit(LARGE, 17, 3, false);
        try (MediaSource photos = plugged.photos();
                FileHashes hashes = hashes(photos)) {
            assertEquals(sha1(contents.get(LARGE)), hashes.sha1(file(LARGE)));
            plugged.phone.faults().rot(LARGE, 17, 3);
            assertNotEquals(sha1(contents.get(LARGE)), hashes.sha1(file(LARGE)));
        }
    }

    @Test
    void aPhoneThatDoesNotHashAnswersNothing() throws IOException {
        try (MediaSource photos = plugged.photos();
                FileHashes hashes = hashes(photos)) {
            assertEquals(Optional.empty(), hashes.sha1(file(LARGE)));
            assertEquals(Optional.empty(), hashes.sha1(file(LARGE), 0, 10));
            plugged.phone.faults().hashing().answer(Answer.TRUE);
            assertEquals(Optional.empty(), hashes.sha1(file("DCIM/100APPLE")));
            assertEquals(Optional.empty(), hashes.sha1(file("DCIM/100APPLE/gone.JPG")));
            plugged.phone.faults().hashing().answer(Answer.WRONG);
            assertNotEquals(sha1(contents.get(LARGE)), hashes.sha1(file(LARGE)));
        }
    }
}
