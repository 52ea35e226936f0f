package dev.shoebox.simulator.phone;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.BooleanSupplier;

/** Counts what a simulated phone has seen since it was created. */
public final class Observed {
    private static final int OPERATIONS = 64;

    private final AtomicLongArray requests = new AtomicLongArray(OPERATIONS);
    private final AtomicLong writeOperations = new AtomicLong();
    private final AtomicLong pairings = new AtomicLong();
    private final AtomicLong unpairings = new AtomicLong();
    private final AtomicLong opens = new AtomicLong();
    private final AtomicLong closes = new AtomicLong();
    private final AtomicLong abandonedHandles = new AtomicLong();
    private final AtomicLong afcConnections = new AtomicLong();
    private final AtomicInteger liveAfcConnections = new AtomicInteger();
    private final AtomicLong bytesSent = new AtomicLong();
    private final AtomicInteger deepestPipeline = new AtomicInteger();
    private final Map<String, Long> bytesRead = new ConcurrentHashMap<>();

    Observed() {}

    /**
     * Waits for a condition, which is checked after every change.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    public synchronized void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            wait();
        }
    }

    private synchronized void changed() {
        notifyAll();
    }

    /** Returns the number of requests, over AFC or lockdown, that would have changed the phone. All were refused. */
    public long writeOperations() {
        return writeOperations.get();
    }

    /** Returns the number of requests to forget a computer. */
    public long unpairings() {
        return unpairings.get();
    }

    /** Returns the number of accepted requests to trust a computer. */
    public long pairings() {
        return pairings.get();
    }

    void pairing() {
        pairings.incrementAndGet();
        changed();
    }

    void unpairing() {
        unpairings.incrementAndGet();
        changed();
    }

    /** Returns the number of files opened. */
    public long opens() {
        return opens.get();
    }

    /** Returns the number of files that clients closed. */
    public long closes() {
        return closes.get();
    }

    /** Returns the number of open files. */
    public long openHandles() {
        return opens.get() - closes.get() - abandonedHandles.get();
    }

    /** Returns the number of files left open when their connection ended. */
    public long abandonedHandles() {
        return abandonedHandles.get();
    }

    /** Returns the number of AFC connections made. */
    public long afcConnections() {
        return afcConnections.get();
    }

    /** Returns the number of current AFC connections. */
    public int liveAfcConnections() {
        return liveAfcConnections.get();
    }

    /** Returns the number of AFC bytes passed to sockets, including headers. */
    public long bytesSent() {
        return bytesSent.get();
    }

    /** Returns the number of bytes read from a file; the path has no leading slash. */
    public long bytesRead(String path) {
        return bytesRead.getOrDefault(path, 0L);
    }

    /** Returns the number of AFC requests with that operation code. */
    public long requests(int operation) {
        return operation >= 0 && operation < OPERATIONS ? requests.get(operation) : 0;
    }

    /** Returns the largest number of requests of one connection that were received but not yet answered. */
    public int deepestPipeline() {
        return deepestPipeline.get();
    }

    void requested(long operation, int unanswered) {
        if (operation >= 0 && operation < OPERATIONS) {
            requests.incrementAndGet((int) operation);
        }
        if (unanswered > deepestPipeline.get()) {
            deepestPipeline.accumulateAndGet(unanswered, Math::max);
        }
        changed();
    }

    void writeRefused() {
        writeOperations.incrementAndGet();
        changed();
    }

    void read(String path, long bytes) {
        bytesRead.merge(path, bytes, Long::sum);
        changed();
    }

    void opened() {
        opens.incrementAndGet();
        changed();
    }

    void closed() {
        closes.incrementAndGet();
        changed();
    }

    void connected() {
        afcConnections.incrementAndGet();
        liveAfcConnections.incrementAndGet();
        changed();
    }

    void disconnected(int openHandles) {
        abandonedHandles.addAndGet(openHandles);
        liveAfcConnections.decrementAndGet();
        changed();
    }

    void sent(int bytes) {
        bytesSent.addAndGet(bytes);
        changed();
    }
}
