package dev.shoebox.device;

import dev.shoebox.photos.MediaSource;

/** One iPhone on a cable. */
public final class Phone {
    private Phone() {}

    public String udid() {
        throw new UnsupportedOperationException();
    }

    /** What can be known without unlocking or trusting: never asks the person for anything. */
    public PhoneInfo info() throws DeviceException {
        throw new UnsupportedOperationException();
    }

    /** Pairs if need be, telling the person what to do on the phone and waiting for it. */
    public PhoneInfo pair(Waiting waiting) throws DeviceException {
        throw new UnsupportedOperationException();
    }

    /** The phone's photos; pairs by itself if need be. */
    public MediaSource photos(Waiting waiting) throws DeviceException {
        throw new UnsupportedOperationException();
    }
}
