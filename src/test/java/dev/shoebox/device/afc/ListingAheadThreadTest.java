package dev.shoebox.device.afc;

import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.photos.source.Listing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.concurrent.CountDownLatch;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Waiting for a listing on another thread behaves like listing on one's own. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ListingAheadThreadTest {
    private final CountDownLatch ended = new CountDownLatch(1);

    /** Lists until it is interrupted, like a walk through an endless phone. */
    private Listing endless() throws DeviceException {
        try {
            new CountDownLatch(1).await();
            throw new AssertionError();
        } catch (InterruptedException interrupted) {
            throw new DeviceException.Lost("Reading from the iPhone was interrupted.");
        } finally {
            ended.countDown();
        }
    }

    @Test
    void anInterruptOfWhoWaitsEndsTheListing() {
        ListingAhead ahead = ListingAhead.start(this::endless);
        Thread.currentThread().interrupt();
        assertThrows(DeviceException.Lost.class, ahead::await);
        assertTrue(Thread.interrupted(), "whoever asks next must know of it, too");
    }

    @Test
    void itEndsIfItIsNotWanted() throws InterruptedException {
        ListingAhead.start(this::endless).stop();
        ended.await();
    }

    @Test
    void itsResultIsPassedOnUnchanged() throws Exception {
        Listing listing = new Listing(List.of(), List.of());
        assertSame(listing, ListingAhead.start(() -> listing).await());
        IllegalStateException closed = new IllegalStateException("source is closed");
        assertSame(closed, assertThrows(IllegalStateException.class, ListingAhead.start(() -> {
            throw closed;
        })::await));
    }
}
