package dev.shoebox.device.afc;

import dev.shoebox.photos.source.Listing;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A listing of a phone on a thread of its own, while its caller does something else. */
final class ListingAhead {
    private final FutureTask<Listing> listing;
    private final Thread thread;

    private ListingAhead(FutureTask<Listing> listing, Thread thread) {
        this.listing = listing;
        this.thread = thread;
    }

    /** @param list ends early, with an exception, when its thread is interrupted */
    static ListingAhead start(Callable<Listing> list) {
        FutureTask<Listing> listing = new FutureTask<>(list);
        Thread thread = new Thread(listing, "shoebox-list");
        thread.setDaemon(true);
        thread.start();
        return new ListingAhead(listing, thread);
    }

    boolean isOver() {
        return listing.isDone();
    }

    /** Waits for the result. An interrupt is passed on to the listing, whose end decides, as if it ran in this thread. */
    Listing await() throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return listing.get();
                } catch (InterruptedException asked) {
                    interrupted = true;
                    thread.interrupt();
                } catch (ExecutionException failed) {
                    throw cause(failed);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static IOException cause(ExecutionException failed) {
        if (failed.getCause() instanceof Error error) {
            throw error;
        }
        if (failed.getCause() instanceof RuntimeException defect) {
            throw defect;
        }
        return failed.getCause() instanceof IOException lost ? lost : new IOException(failed.getCause());
    }

    /** Ends it early; nobody wants the result. */
    void stop() {
        thread.interrupt();
    }
}
