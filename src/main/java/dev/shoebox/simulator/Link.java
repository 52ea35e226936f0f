package dev.shoebox.simulator;

import java.time.Duration;

/**
 * How fast a phone answers over its cable.
 *
 * @param bytesPerSecond what all connections of the phone share; {@link Long#MAX_VALUE} for no limit
 * @param latencyPerRequest a delay in the pipe: many requests in flight wait for it together
 * @param deviceTimePerRequest work on the phone, which does one thing after the other
 */
public record Link(long bytesPerSecond, Duration latencyPerRequest, Duration deviceTimePerRequest) {
    public Link {
        if (bytesPerSecond <= 0 || latencyPerRequest.isNegative() || deviceTimePerRequest.isNegative()) {
            throw new IllegalArgumentException("A link needs a positive speed and no negative delay");
        }
    }

    /** As fast as this computer. */
    public static Link unlimited() {
        return new Link(Long.MAX_VALUE, Duration.ZERO, Duration.ZERO);
    }

    /** Lightning and USB 2: 40 MB/s, half a millisecond per request. */
    public static Link usb2() {
        return new Link(40_000_000, Duration.ofNanos(500_000), Duration.ZERO);
    }

    public Link withBytesPerSecond(long value) {
        return new Link(value, latencyPerRequest, deviceTimePerRequest);
    }

    public Link withLatencyPerRequest(Duration value) {
        return new Link(bytesPerSecond, value, deviceTimePerRequest);
    }

    public Link withDeviceTimePerRequest(Duration value) {
        return new Link(bytesPerSecond, latencyPerRequest, value);
    }
}
