package dev.shoebox.device.afc;

/**
 * How much of a phone is used at once.
 *
 * @param openFiles the phone has a fixed number of places for open files, which other programs use too
 * @param buffers how many pieces are under way or waiting to be used, in all
 * @param inFlight how many of them may be asked for and not answered yet, at most: the {@link ReadWindow} decides
 * @param bufferBytes of each piece
 */
public record TransferLimits(int openFiles, int buffers, int inFlight, int bufferBytes) {
    /** Keeps a link of 400 MB/s busy at 10 ms latency, in 6 MiB of memory. */
    public static final TransferLimits STANDARD = new TransferLimits(24, 24, 16, 256 << 10);

    /** After the phone had no room for one more file than these. */
    TransferLimits withRoomFor(int opened) {
        return new TransferLimits(Math.max(1, Math.min(opened, openFiles / 2)), buffers, inFlight, bufferBytes);
    }
}
