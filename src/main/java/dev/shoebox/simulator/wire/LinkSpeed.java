package dev.shoebox.simulator.wire;

import java.time.Duration;

/**
 * The speed of a phone and its cable.
 *
 * @param bytesPerSecond the bandwidth shared by all connections of the phone; {@link Long#MAX_VALUE} for no limit
 * @param latencyPerRequest a delay in the pipe, which concurrent requests share
 * @param deviceTimePerRequest processing time on the phone, which handles one request after another
 */
public record LinkSpeed(long bytesPerSecond, Duration latencyPerRequest, Duration deviceTimePerRequest) {
    public LinkSpeed {
        if (bytesPerSecond <= 0 || latencyPerRequest.isNegative() || deviceTimePerRequest.isNegative()) {
            throw new IllegalArgumentException("A link needs a positive speed and no negative delay");
        }
    }

    /** Returns a link as fast as this computer. */
    public static LinkSpeed unlimited() {
        return new LinkSpeed(Long.MAX_VALUE, Duration.ZERO, Duration.ZERO);
    }

    /** Returns Lightning or USB 2: 40 MB/s, half a millisecond for each request. */
    public static LinkSpeed usb2() {
        return new LinkSpeed(40_000_000, Duration.ofNanos(500_000), Duration.ZERO);
    }

    public LinkSpeed withBytesPerSecond(long value) {
        return new LinkSpeed(value, latencyPerRequest, deviceTimePerRequest);
    }

    public LinkSpeed withLatencyPerRequest(Duration value) {
        return new LinkSpeed(bytesPerSecond, value, deviceTimePerRequest);
    }

    public LinkSpeed withDeviceTimePerRequest(Duration value) {
        return new LinkSpeed(bytesPerSecond, latencyPerRequest, value);
    }
}
