package dev.shoebox.device.afc;

/**
 * The limits on the use of a phone.
 *
 * @param openFiles the phone allows a fixed number of open files, which it shares between programs
 * @param buffers the total number of pieces in flight or waiting to be used
 * @param inFlight the maximum number of requested pieces: the {@link ReadWindow} decides
 * @param bufferBytes of each piece
 */
public record TransferLimits(int openFiles, int buffers, int inFlight, int bufferBytes) {
    /** Enough for a link of 400 MB/s at 10 ms latency, in 6 MiB of memory. */
    public static final TransferLimits STANDARD = new TransferLimits(24, 24, 16, 256 << 10);

    /** Returns lower limits after the phone refused one more file than these. */
    TransferLimits withRoomFor(int opened) {
        return new TransferLimits(Math.max(1, Math.min(opened, openFiles / 2)), buffers, inFlight, bufferBytes);
    }
}
