package dev.shoebox.device.libimobiledevice;

/**
 * Frees the handles of a phone. While it frees one, libimobiledevice waits up to half a minute for the phone to
 * respond; if no response is likely, that happens on a separate thread.
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
