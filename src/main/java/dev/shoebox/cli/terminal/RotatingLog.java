package dev.shoebox.cli.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/**
 * The log of unattended runs: one line for each message, with the time. At {@value #LARGEST} bytes it starts a new
 * file, and keeps the last {@value #OLD} full ones. Contains no whole UDIDs, only their last characters.
 */
public final class RotatingLog {
    static final int OLD = 4;
    static final long LARGEST = 1_000_000;

    private static final String NAME = "shoebox.log";

    /** UDIDs of older and newer phones. The last eight characters stay. */
    private static final Pattern UDID =
            Pattern.compile("\\b(?:[0-9a-fA-F]{32}|[0-9a-fA-F]{8}-?[0-9a-fA-F]{8})(?=[0-9a-fA-F]{8}\\b)");

    private final Path folder;
    private final InstantSource clock;
    private boolean unwritable;

    public RotatingLog(Path folder, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /** Writes a line. If that fails, stops logging, and the run continues. */
    public synchronized void note(String line) {
        if (unwritable) {
            return;
        }
        try {
            Files.createDirectories(folder);
            Path file = folder.resolve(NAME);
            if (Files.exists(file) && Files.size(file) >= LARGEST) {
                turnThePage(file);
            }
            Files.writeString(
                    file,
                    clock.instant().truncatedTo(ChronoUnit.SECONDS) + " " + withoutUdids(TextFormat.printable(line))
                            + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException full) {
            unwritable = true;
        }
    }

    private void turnThePage(Path file) throws IOException {
        Files.deleteIfExists(old(OLD));
        for (int number = OLD; number > 1; number--) {
            if (Files.exists(old(number - 1))) {
                Files.move(old(number - 1), old(number));
            }
        }
        Files.move(file, old(1));
    }

    private Path old(int number) {
        return folder.resolve(NAME + "." + number);
    }

    static String withoutUdids(String line) {
        return UDID.matcher(line).replaceAll("…");
    }
}
