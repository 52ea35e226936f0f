package dev.shoebox.destination.ingest;

import dev.shoebox.text.Sha256;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ChecksumTest {
    private static final int LARGE = 256 << 10;

    private final ExecutorService hashing = Executors.newSingleThreadExecutor();

    @AfterEach
    void end() {
        hashing.shutdown();
    }

    private static byte[] noise(Random random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    @Test
    void piecesOfAnySizeAreHashedInTheirOrderFromBuffersThatAreUsedAgain() throws InterruptedException {
        Random random = new Random(11);
        for (int file = 0; file < 50; file++) {
            Checksum checksum = new Checksum(hashing);
            var expected = Sha256.digest();
            var buffers = new ConcurrentLinkedQueue<>(
                    List.of(ByteBuffer.allocateDirect(LARGE), ByteBuffer.allocateDirect(LARGE)));
            var free = new Semaphore(buffers.size());
            for (int piece = 0; piece < 8; piece++) {
                byte[] bytes = noise(random, random.nextBoolean() ? LARGE : 1 + random.nextInt(LARGE));
                expected.update(bytes);
                free.acquire();
                ByteBuffer buffer = buffers.remove();
                checksum.add(buffer.clear().put(bytes).flip(), () -> {
                    buffers.add(buffer);
                    free.release();
                });
            }
            assertEquals(HexFormat.of().formatHex(expected.digest()), checksum.sha256());
        }
    }

    @Test
    void aPhotoOf100KilobytesDoesNotKeepTheThreadThatWritesIt() {
        List<Runnable> handedOver = new ArrayList<>();
        Checksum checksum = new Checksum(handedOver::add);
        byte[] bytes = noise(new Random(15), 100_000);
        List<String> released = new ArrayList<>();
        checksum.add(ByteBuffer.wrap(bytes), () -> released.add("photo"));
        assertEquals(1, handedOver.size());
        assertEquals(List.of(), released);
        handedOver.get(0).run();
        assertEquals(List.of("photo"), released);
        assertEquals(HexFormat.of().formatHex(Sha256.digest().digest(bytes)), checksum.sha256());
    }

    @Test
    void theResultWaitsForEveryByteAndEndsIt() throws InterruptedException {
        var started = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        hashing.execute(() -> {
            started.countDown();
            try {
                goOn.await();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        });
        started.await();
        Checksum checksum = new Checksum(hashing);
        byte[] bytes = noise(new Random(12), LARGE + 10);
        List<String> released = new ArrayList<>();
        checksum.add(ByteBuffer.wrap(bytes, 0, LARGE), () -> released.add("large"));
        checksum.add(ByteBuffer.wrap(bytes, LARGE, 10), () -> released.add("small, behind the large one"));
        assertEquals(List.of(), released);
        goOn.countDown();
        assertEquals(HexFormat.of().formatHex(Sha256.digest().digest(bytes)), checksum.sha256());
        assertThrows(IllegalStateException.class, () -> checksum.add(ByteBuffer.wrap(bytes), () -> {}));
    }

    @Test
    void bytesThatCouldNotBeHashedLeaveNoResult() {
        Checksum checksum = new Checksum(hashing);
        checksum.add(ByteBuffer.wrap(new byte[LARGE]), () -> {});
        hashing.shutdown();
        assertThrows(RejectedExecutionException.class, () -> checksum.add(ByteBuffer.wrap(new byte[LARGE]), () -> {}));
        assertThrows(IllegalStateException.class, checksum::sha256);
    }
}
