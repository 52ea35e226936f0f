package dev.shoebox.destination.ingest;

import dev.shoebox.system.thread.Uninterrupted;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs one step for all files of a batch, several of them in parallel. */
public final class DirectorySync implements Closeable {
    /** Including the publishing thread. More threads gain nothing on one disk. */
    private static final int THREADS = 3;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS - 1, task -> {
        var thread = new Thread(task, "shoebox-force");
        thread.setDaemon(true);
        return thread;
    });

    /** One step for one file. */
    public interface Task {
        void run() throws IOException;
    }

    /** Runs every task to its end, even if another failed, so that nothing continues after a failed batch. */
    public void each(List<Task> tasks) throws IOException {
        var next = new AtomicInteger();
        var failures = new ConcurrentSkipListMap<Integer, Throwable>();
        Runnable share = () -> {
            for (int i = next.getAndIncrement(); i < tasks.size(); i = next.getAndIncrement()) {
                try {
                    tasks.get(i).run();
                } catch (IOException | RuntimeException | Error e) {
                    failures.put(i, e);
                }
            }
        };
        var others = new ArrayList<Future<?>>();
        while (others.size() < Math.min(THREADS, tasks.size()) - 1) {
            others.add(threads.submit(share));
        }
        share.run();
        others.forEach(Uninterrupted::result);
        IOException failure = null;
        for (Throwable each : failures.values()) {
            IOException cause = each instanceof IOException io ? io : new IOException(each.toString(), each);
            if (failure == null) {
                failure = cause;
            } else {
                failure.addSuppressed(cause);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
