package dev.shoebox.device.libimobiledevice;

/**
 * Frees what belongs to a phone. libimobiledevice takes its leave of the phone while it frees, and waits up to half a
 * minute for an answer: where none is likely, a thread of its own does the waiting.
 */
final class BackgroundFree {
    private BackgroundFree() {}

    static void say(boolean phoneMayBeGone, Runnable free) {
        if (!phoneMayBeGone) {
            free.run();
            return;
        }
        Thread thread = new Thread(free, "shoebox-free");
        thread.setDaemon(true);
        thread.start();
    }
}
