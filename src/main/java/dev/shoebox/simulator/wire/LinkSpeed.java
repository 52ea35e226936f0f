package dev.shoebox.simulator.wire;

import java.time.Duration;

/**
 * How fast a phone answers over its cable.
 *
 * @param bytesPerSecond what all connections of the phone share; {@link Long#MAX_VALUE} for no limit
 * @param latencyPerRequest a delay in the pipe: many requests in flight wait for it together
 * @param deviceTimePerRequest work on the phone, which does one thing after the other
 */
public record LinkSpeed(long bytesPerSecond, Duration latencyPerRequest, Duration deviceTimePerRequest) {
    public LinkSpeed {
        if (bytesPerSecond <= 0 || latencyPerRequest.isNegative() || deviceTimePerRequest.isNegative()) {
            throw new IllegalArgumentException("A link needs a positive speed and no negative delay");
        }
    }

    /** As fast as this computer. */
    public static LinkSpeed unlimited() {
        return new LinkSpeed(Long.MAX_VALUE, Duration.ZERO, Duration.ZERO);
    }

    /** Lightning and USB 2: 40 MB/s, half a millisecond per request. */
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
