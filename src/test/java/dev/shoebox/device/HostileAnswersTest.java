package dev.shoebox.device;

import dev.shoebox.Hostile;
import dev.shoebox.Proof;
import dev.shoebox.device.afc.Afc;
import dev.shoebox.device.afc.AfcConnection;
import dev.shoebox.device.afc.FileInfo;
import dev.shoebox.device.afc.MediaWalk;
import dev.shoebox.photos.source.Scope;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Randomly changed answers of a phone. */
@Tag(Proof.TAG)
@Tag("hostile")
public class HostileAnswersTest {
    public static final String INFO = "st_size\0" + "7\0st_ifmt\0S_IFREG\0st_mtime\0" + "1700000000000000000\0";
    public static final String FOLDER = "st_size\0" + "9\0st_ifmt\0S_IFDIR\0st_mtime\0" + "1700000000000000000\0";
    static final byte[] LISTING = new Recording()
            .data(1, ".\0..\0IMG_0001.JPG\0IMG_0002.MOV\0")
            .data(2, INFO)
            .data(3, FOLDER)
            .data(4, "st_size\0" + "9\0st_ifmt\0S_IFREG\0st_birthtime\0" + "-1\0")
            .status(5, 8)
            .opened(6, 71)
            .told(7, 1L << 40)
            .bytes();

    private final Hostile hostile = new Hostile();

    @Test
    void aListingWithChangedAnswersEndsOrIsReported() {
        long began = System.nanoTime();
        int cases = Proof.cases(3_000, 60_000);
        for (int i = 0; i < cases; i++) {
            byte[] answers = hostile.mutated(LISTING);
            hostile.assertBounded(
                    "answers", () -> new MediaWalk(new AfcConnection(Recording.of(answers)), Scope.USUAL).list());
            byte[] info = hostile.mutated(INFO.getBytes(StandardCharsets.US_ASCII));
            hostile.assertBounded(
                    "info", () -> FileInfo.of(ByteBuffer.wrap(info)).file("DCIM/x"));
            byte[] header = hostile.mutated(LISTING);
            if (header.length >= Afc.HEADER) {
                hostile.assertBounded("header", () -> Afc.header(ByteBuffer.wrap(header)));
            }
        }
        Proof.note(
                "hostile",
                "AFC answers, changed at random",
                hostile.cases(),
                hostile.outcome(),
                Duration.ofNanos(System.nanoTime() - began));
    }
}
