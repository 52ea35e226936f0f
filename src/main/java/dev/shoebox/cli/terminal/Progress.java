package dev.shoebox.cli.terminal;

import org.jline.utils.WCWidth;

import java.io.Closeable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.LongSupplier;

/** Shows the progress of long work: on a terminal one line that is updated, elsewhere a line each minute. */
public final class Progress implements Closeable {
    private static final Duration REFRESH = Duration.ofMillis(200);
    private static final Duration REPORT = Duration.ofMinutes(1);
    private static final String GAP = "  ";

    private final Console console;
    private final LongSupplier nanoTime;
    private final TransferRate pace = new TransferRate();
    private Timer ticker;
    private final String activity;
    private long files;
    private long bytes;
    private long filesDone;
    private long bytesDone;
    private String name = "";
    private final Map<Path, Integer> copies = new LinkedHashMap<>();

    /**
     * Creates a display.
     *
     * @param activity what to show while the total is unknown
     * @param nanoTime as {@link System#nanoTime}
     */
    public Progress(Console console, String activity, LongSupplier nanoTime) {
        this.console = console;
        this.activity = activity;
        this.nanoTime = nanoTime;
    }

    /** Starts to show progress. */
    public synchronized void start() {
        if (!console.showsProgress()) {
            return;
        }
        boolean terminal = console.screen().isTerminal();
        long every = (terminal ? REFRESH : REPORT).toMillis();
        ticker = new Timer("progress", true);
        ticker.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        if (terminal) {
                            redraw();
                        } else {
                            console.say(line());
                        }
                    }
                },
                terminal ? 0 : every,
                every);
    }

    /** Sets the total. */
    public synchronized void expect(long files, long bytes) {
        this.files = files;
        this.bytes = bytes;
        pace.sample(nanoTime.getAsLong(), bytesDone);
    }

    /** Sets what is done, and the total. */
    public synchronized void set(long filesDone, long files, long bytesDone, long bytes) {
        expect(files, bytes);
        this.filesDone = filesDone;
        this.bytesDone = bytesDone;
    }

    /** @param name the current file */
    public synchronized void begin(String name) {
        this.name = name;
    }

    /** @param count negative if bytes have to be transferred again */
    public synchronized void advance(long count) {
        bytesDone += count;
    }

    public synchronized void fileDone() {
        filesDone++;
    }

    /**
     * Counts files in a second copy.
     *
     * @param copy the copy that is filled beside this work
     * @param count the number of files that arrived in it
     */
    public synchronized void copy(Path copy, int count) {
        copies.put(copy, count);
    }

    /** Stops. Without a terminal, prints the last state as a line. */
    @Override
    public synchronized void close() {
        if (ticker == null) {
            return;
        }
        ticker.cancel();
        ticker = null;
        if (console.screen().isTerminal()) {
            console.clearStatus();
        } else if (files > 0) {
            console.say(line());
        }
    }

    private synchronized void redraw() {
        if (ticker == null) {
            return;
        }
        String line = fit(line(), console.screen().width() - 1);
        int percent = line.indexOf('%') + 1;
        boolean colour = console.screen().isColourful() && percent > 0 && percent <= 4;
        console.status(
                colour ? "\u001b[36m" + line.substring(0, percent) + "\u001b[0m" + line.substring(percent) : line);
    }

    /** Returns {@code 42%  12 of 340 files  1.2 GB of 3.4 GB  38.2 MB/s  1 min left  IMG_0012.HEIC}. */
    synchronized String line() {
        if (files == 0) {
            return TextFormat.printable(activity);
        }
        pace.sample(nanoTime.getAsLong(), bytesDone);
        List<String> parts = new ArrayList<>();
        parts.add(String.format(Locale.ROOT, "%3d%%", bytes == 0 ? 100 * filesDone / files : 100 * bytesDone / bytes));
        parts.add(TextFormat.count(filesDone) + " of " + TextFormat.count(files, "file"));
        parts.add(TextFormat.bytes(bytesDone) + " of " + TextFormat.bytes(bytes));
        pace.rate().ifPresent(rate -> parts.add(TextFormat.bytes(Math.round(rate)) + "/s"));
        pace.timeFor(bytes - bytesDone)
                .filter(left -> bytesDone < bytes)
                .ifPresent(left -> parts.add(TextFormat.duration(left) + " left"));
        copies.values().forEach(count -> parts.add("second copy: " + TextFormat.count(count)));
        if (!name.isEmpty() && filesDone < files) {
            parts.add(TextFormat.printable(name));
        }
        return String.join(GAP, parts);
    }

    /** Truncates a text to a number of columns; a Chinese character takes two. */
    static String fit(String text, int columns) {
        int used = 0;
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            used += Math.max(0, WCWidth.wcwidth(point));
            if (used > columns) {
                return text.substring(0, at);
            }
            at += Character.charCount(point);
        }
        return text;
    }
}
