package dev.shoebox.simulator.phone;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.BooleanSupplier;

/** What a simulated phone has seen of its clients since it was made. */
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
     * Waits until what was seen fulfils a condition, which is asked again after every change.
     *
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    public synchronized void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            wait();
        }
    }

    private synchronized void changed() {
        notifyAll();
    }

    /** Requests that would have changed something on the phone, by AFC or lockdown; all were refused. */
    public long writeOperations() {
        return writeOperations.get();
    }

    /** Requests to forget a computer. */
    public long unpairings() {
        return unpairings.get();
    }

    /** Requests to trust a computer that were granted. */
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

    /** Files opened successfully. */
    public long opens() {
        return opens.get();
    }

    /** Files that the client closed. */
    public long closes() {
        return closes.get();
    }

    /** Files open now, on connections that live. */
    public long openHandles() {
        return opens.get() - closes.get() - abandonedHandles.get();
    }

    /** Files that were still open when their connection ended. */
    public long abandonedHandles() {
        return abandonedHandles.get();
    }

    /** AFC connections made. */
    public long afcConnections() {
        return afcConnections.get();
    }

    /** AFC connections that live now. */
    public int liveAfcConnections() {
        return liveAfcConnections.get();
    }

    /** AFC bytes handed to the sockets, headers included. */
    public long bytesSent() {
        return bytesSent.get();
    }

    /** Bytes of a file's content that were read by whoever; a path has no leading slash. */
    public long bytesRead(String path) {
        return bytesRead.getOrDefault(path, 0L);
    }

    /** AFC requests with that operation code. */
    public long requests(int operation) {
        return operation >= 0 && operation < OPERATIONS ? requests.get(operation) : 0;
    }

    /** The most requests of one connection that were received and not yet answered. */
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
