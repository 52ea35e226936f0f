package dev.shoebox.device.afc;

import dev.shoebox.device.Recording;
import dev.shoebox.photos.reading.BufferRing;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.MediaStream.Bytes;
import dev.shoebox.photos.source.MediaStream.Piece;
import dev.shoebox.photos.source.MediaStream.Whole;
import dev.shoebox.photos.source.Unreadable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Sequences of answers that are rare on a phone, answer by answer, in pieces of 10 bytes. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PipelineTest {
    private static final String INFO = "st_ifmt\0S_IFREG\0st_size\00015\0st_mtime\0000\0";
    private static final MediaFile FILE = new MediaFile("DCIM/x.jpg", 15, Instant.EPOCH, Optional.empty());
    private static final TransferLimits RATION = new TransferLimits(1, 10, 4, 10);

    /** The delivered pieces, with their bytes as text. */
    private static List<String> read(long offset, Recording... cables) throws IOException, InterruptedException {
        List<Recording> next = new ArrayList<>(List.of(cables));
        BufferRing ring = new BufferRing(Stream.generate(() -> ByteBuffer.allocateDirect(10))
                .limit(RATION.buffers())
                .toList());
        List<MediaSource.Request> requests = List.of(new MediaSource.Request(FILE, offset));
        Pipeline pipeline = new Pipeline(requests, new AfcConnection(next.remove(0)), ring, RATION);
        pipeline.run(() -> new AfcConnection(next.remove(0)));
        List<String> pieces = new ArrayList<>();
        Piece piece;
        do {
            piece = ring.take();
            pieces.add(
                    piece instanceof Bytes bytes
                            ? UTF_8.decode(bytes.buffer()).toString()
                            : piece instanceof Whole ? "whole" : reason(piece));
        } while (piece instanceof Bytes);
        for (Recording cable : cables) {
            assertTrue(cable.isPlayedOut(), "every answer was taken");
        }
        return pieces;
    }

    private static String reason(Piece piece) {
        return assertInstanceOf(Unreadable.class, piece).reason().toString();
    }

    @Test
    void answersAfterAnErrorAreNotTheNextBytes() throws Exception {
        Recording first =
                new Recording().opened(1, 7).status(2, 12).data(3, "wrong").status(4, 0);
        Recording second = new Recording()
                .opened(1, 8)
                .data(2, "0123456789")
                .data(3, "abcde")
                .status(4, 0)
                .data(5, INFO);
        assertEquals(List.of("0123456789", "abcde", "whole"), read(0, first, second));
        assertTrue(first.isClosed());
    }

    @Test
    void bytesFromBeforeANewConnectionAreNotRequestedAgain() throws Exception {
        Recording first =
                new Recording().opened(1, 7).data(2, "0123456789").status(3, 30).status(4, 0);
        Recording second = new Recording()
                .opened(1, 8)
                .status(2, 0)
                .told(3, 10)
                .data(4, "abcde")
                .status(5, 0)
                .data(6, INFO);
        assertEquals(List.of("0123456789", "abcde", "whole"), read(0, first, second));
    }

    @Test
    void aPhoneThatContinuesAtAnotherOffsetIsNotTrusted() throws Exception {
        Recording cable = new Recording()
                .opened(1, 7)
                .status(2, 0)
                .told(3, 4)
                .data(4, "0123456789")
                .data(5, "")
                .status(6, 0);
        assertEquals(List.of("READ_ERROR"), read(5, cable));
    }

    @Test
    void aFileThatWillNotCloseIsNotWhole() throws Exception {
        Recording cable = new Recording()
                .opened(1, 7)
                .data(2, "0123456789")
                .data(3, "abcde")
                .status(4, 20)
                .data(5, INFO);
        assertEquals(List.of("0123456789", "abcde", "READ_ERROR"), read(0, cable));
    }

    @Test
    void aFileThatIsGoneAfterwardsIsNotWhole() throws Exception {
        Recording cable = new Recording()
                .opened(1, 7)
                .data(2, "0123456789")
                .data(3, "abcde")
                .status(4, 0)
                .status(5, 8);
        assertEquals(List.of("0123456789", "abcde", "GONE"), read(0, cable));
    }

    @Test
    void shortAnswersAreJoinedAndTheRestAskedFor() throws Exception {
        Recording cable = new Recording()
                .opened(1, 7)
                .data(2, "0123")
                .data(3, "45")
                .data(4, "6789ab")
                .data(5, "c")
                .data(6, "de")
                .data(7, "")
                .status(8, 0)
                .data(9, INFO);
        assertEquals(List.of("0123", "45", "6789ab", "c", "de", "whole"), read(0, cable));
    }

    @Test
    void whereShortAnswersAreNoEndALongerFileStillGivesItselfAway() throws Exception {
        Recording cable = new Recording()
                .opened(1, 7)
                .data(2, "0123")
                .data(3, "45")
                .data(4, "6789ab")
                .data(5, "c")
                .data(6, "de")
                .data(7, "f")
                .status(8, 0);
        assertEquals(List.of("0123", "45", "6789ab", "c", "de", "WRONG_SIZE"), read(0, cable));
    }

    @Test
    void bothFormsOfTheEndAreAccepted() throws Exception {
        for (boolean byStatus : new boolean[] {true, false}) {
            Recording cable = new Recording().opened(1, 7).data(2, "0123456789").data(3, "abcde");
            Recording longer = new Recording().opened(1, 7).data(2, "0123456789");
            Recording ended = byStatus ? longer.status(3, 14) : longer.data(3, "");
            ended.status(4, 0);
            assertEquals(List.of("0123456789", "WRONG_SIZE"), read(0, ended));
            cable.status(4, 0).data(5, INFO);
            assertEquals(List.of("0123456789", "abcde", "whole"), read(0, cable));
        }
    }
}
