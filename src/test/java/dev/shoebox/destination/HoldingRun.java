package dev.shoebox.destination;

import dev.shoebox.destination.ingest.Ingest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.stream.IntStream;

import static dev.shoebox.destination.Backups.photo;

/** A run in a separate process that holds a destination until its input ends. */
public final class HoldingRun {
    private static final int BATCH = 20;

    private HoldingRun() {}

    /** @param arguments the folder, and {@code storing} for a run that stores photos endlessly */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Thread input = new Thread(HoldingRun::await);
        input.setDaemon(true);
        input.start();
        var backups = new Backups(Path.of(arguments[0]));
        try (Destination destination = backups.open()) {
            System.out.println("held");
            if (arguments.length > 1) {
                store(backups, destination, input);
            }
            input.join();
        }
    }

    /** Until the parent process closes the input. */
    private static void await() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException closed) {
            // That is the end, too.
        }
    }

    private static void store(Backups backups, Destination destination, Thread input) throws IOException {
        try (Ingest ingest = destination.ingest(backups.source, backups.layout, backups.listener())) {
            for (int number = 0; input.isAlive(); number += BATCH) {
                int first = number;
                for (Backups.Shot shot : (Iterable<Backups.Shot>)
                        IntStream.range(0, BATCH)
                                        .mapToObj(i ->
                                                photo("DCIM/IMG_%07d.JPG".formatted(first + i), "photo " + (first + i)))
                                ::iterator) {
                    ingest.store(backups.arrival(ingest, shot));
                }
            }
            ingest.flush();
        }
    }
}
