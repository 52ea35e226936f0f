package dev.shoebox.cli.browse;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.shoebox.simulator.library.GeneratedLibrary;
import dev.shoebox.simulator.library.Libraries;
import dev.shoebox.simulator.phone.PhoneSettings;
import dev.shoebox.simulator.phone.SimulatedPhone;
import dev.shoebox.simulator.usb.SimulatedUsb;
import dev.shoebox.simulator.wire.LinkSpeed;
import dev.shoebox.web.Chromium;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Measures how much the page slows a backup down, and whether 256 MB of memory suffice for many photos. */
final class SavingBenchmark {
    /** A backup that takes longer has failed. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Path folder;
    private final Chromium chromium;

    private SavingBenchmark(Path folder, Chromium chromium) {
        this.folder = folder;
        this.chromium = chromium;
    }

    /**
     * @param arguments the number of measurements; the number of photos of 2.5 MB; MB/s; the number of small photos
     * with 256 MB
     */
    public static void main(String[] arguments) throws Exception {
        int runs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
        int count = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 300;
        int speed = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 40;
        int many = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 100_000;
        Path folder = Files.createTempDirectory("saving");
        try (Chromium chromium = new Chromium()) {
            SavingBenchmark benchmark = new SavingBenchmark(folder, chromium);
            LinkSpeed link = LinkSpeed.unlimited()
                    .withBytesPerSecond(speed * 1_000_000L)
                    .withLatencyPerRequest(Duration.ofNanos(500_000));
            GeneratedLibrary photos = GeneratedLibrary.photos(count, 2_500_000);
            List<Double> open = new ArrayList<>();
            List<Double> closed = new ArrayList<>();
            for (int i = 0; i < runs; i++) {
                open.add(benchmark.save(photos, link, Watching.TO_THE_END).seconds());
                closed.add(benchmark.save(photos, link, Watching.NOT_AT_ALL).seconds());
            }
            double median = median(open);
            System.out.printf(
                    Locale.ROOT,
                    "Saving %d photos of 2.5 MB at %d MB/s and 500 us: %.2f s with the page open, %.2f s without: %.3f x%n",
                    count,
                    speed,
                    median,
                    median(closed),
                    median / median(closed));
            if (many > 0) {
                Saved saved = benchmark.save(
                        GeneratedLibrary.photos(many, 4_000), LinkSpeed.unlimited(), Watching.TO_THE_END);
                System.out.printf(
                        Locale.ROOT,
                        "%nSaving %d photos of 4 kB with the page open and a heap of 256 MB: %.1f s, %d MB resident at most%n",
                        many,
                        saved.seconds(),
                        saved.peakBytes() / 1_000_000);
            }
        } finally {
            delete(folder);
        }
    }

    private enum Watching {
        TO_THE_END,
        NOT_AT_ALL
    }

    /** @param seconds from the click until the destination has the record of the run */
    private record Saved(double seconds, long peakBytes) {}

    private Saved save(GeneratedLibrary photos, LinkSpeed link, Watching watching) throws Exception {
        Path home = Files.createTempDirectory(folder, "home");
        Path backup = Files.createDirectories(home.resolve("Photos"));
        try (SimulatedUsb usb = SimulatedUsb.start("UNIX:" + home.resolve("mux"));
                Browsed browse = new Browsed(home, usb.address(), backup)) {
            usb.plug(new SimulatedPhone(
                    PhoneSettings.of(Libraries.generated(photos)).withLink(link)));
            Page page = chromium.open(browse.url());
            page.setDefaultTimeout((double) LONGEST.toMillis());
            Locator button = page.locator("#band-actions button.main");
            button.waitFor();
            page.locator("body[data-state='rest']").waitFor();
            long began = System.nanoTime();
            button.click();
            page.locator("body[data-state='copying']").waitFor();
            if (watching == Watching.NOT_AT_ALL) {
                page.context().close();
            }
            awaitRecord(backup.resolve(".shoebox/runs"), began);
            double seconds = (System.nanoTime() - began) / 1e9;
            if (watching == Watching.TO_THE_END) {
                page.locator("body[data-state='done']").waitFor();
                page.context().close();
            }
            return new Saved(seconds, browse.peakBytes());
        } finally {
            delete(home);
        }
    }

    private static void awaitRecord(Path runs, long began) throws IOException, InterruptedException {
        while (true) {
            if (Files.isDirectory(runs)) {
                try (Stream<Path> records = Files.list(runs)) {
                    if (records.findAny().isPresent()) {
                        return;
                    }
                }
            }
            if (System.nanoTime() - began > LONGEST.toNanos()) {
                throw new IOException("no record of a run after " + LONGEST);
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static double median(List<Double> seconds) {
        return seconds.stream().sorted().toList().get(seconds.size() / 2);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
