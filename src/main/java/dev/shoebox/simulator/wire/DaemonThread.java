package dev.shoebox.simulator.wire;

/** Threads of the simulator, which do not keep the process alive. */
public final class DaemonThread {
    private DaemonThread() {}

    /** Starts a thread. */
    public static Thread start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
