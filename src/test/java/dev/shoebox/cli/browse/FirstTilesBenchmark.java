package dev.shoebox.cli.browse;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.shoebox.simulator.library.Libraries;
import dev.shoebox.simulator.phone.PhoneSettings;
import dev.shoebox.simulator.phone.SimulatedPhone;
import dev.shoebox.simulator.usb.SimulatedUsb;
import dev.shoebox.simulator.wire.LinkSpeed;
import dev.shoebox.web.Chromium;

import javax.imageio.ImageIO;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Measures the time from plugging a phone in to its first pictures in Chromium. */
final class FirstTilesBenchmark {
    private static final int IN_A_FOLDER = 1000;

    private FirstTilesBenchmark() {}

    /**
     * @param arguments the number of measurements, the number of photos on the phone, and the round trip in
     * microseconds
     */
    public static void main(String[] arguments) throws Exception {
        int runs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
        int count = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20_000;
        int micros = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 500;
        Path folder = Files.createTempDirectory("first-tiles");
        try (Chromium chromium = new Chromium()) {
            Path media = phone(folder.resolve("media"), count);
            List<Double> first = new ArrayList<>();
            List<Double> all = new ArrayList<>();
            for (int i = 0; i < runs; i++) {
                measure(chromium, folder.resolve("home" + i), media, micros, first, all);
            }
            System.out.printf(
                    Locale.ROOT,
                    "%d photos at %d us: the first pictures after %s s, all photos listed after %s s%n",
                    count,
                    micros,
                    told(first),
                    told(all));
        } finally {
            try (Stream<Path> paths = Files.walk(folder)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private static void measure(
            Chromium chromium, Path home, Path media, int micros, List<Double> first, List<Double> all)
            throws IOException {
        Files.createDirectories(home);
        LinkSpeed link = LinkSpeed.unlimited().withLatencyPerRequest(Duration.ofNanos(micros * 1000L));
        try (SimulatedUsb usb = SimulatedUsb.start("UNIX:" + home.resolve("mux"));
                Browsed browse = new Browsed(home, usb.address())) {
            Page page = chromium.open(browse.url());
            // It trusts this computer already: a first pairing makes keys and needs a tap.
            Locator.WaitForOptions patiently = new Locator.WaitForOptions().setTimeout(60_000);
            PhoneSettings settings = PhoneSettings.of(Libraries.folder(media)).withLink(link);
            SimulatedPhone paired = new SimulatedPhone(settings);
            usb.plug(paired);
            page.locator("#phone-state:text('unlocked')").waitFor(patiently);
            usb.unplug(paired);
            page.locator("body[data-state='no-phone']").waitFor(patiently);
            page.locator(".tile")
                    .first()
                    .waitFor(new Locator.WaitForOptions().setTimeout(60_000).setState(WaitForSelectorState.DETACHED));
            long began = System.nanoTime();
            usb.plug(paired);
            page.locator(".tile.seen").first().waitFor(patiently);
            first.add((System.nanoTime() - began) / 1e9);
            page.locator("#phone-state:text('unlocked')").waitFor(patiently);
            all.add((System.nanoTime() - began) / 1e9);
            page.context().close();
        }
    }

    private static String told(List<Double> seconds) {
        seconds.sort(null);
        return String.format(
                Locale.ROOT,
                "%.2f (%.2f-%.2f)",
                seconds.get(seconds.size() / 2),
                seconds.get(0),
                seconds.get(seconds.size() - 1));
    }

    /** Photos and thumbnails that are all links to one picture. */
    private static Path phone(Path media, int count) throws IOException {
        Files.createDirectories(media);
        Path picture = media.resolve("picture");
        ImageIO.write(new BufferedImage(256, 192, BufferedImage.TYPE_INT_RGB), "jpeg", picture.toFile());
        for (int i = 0; i < count; i++) {
            String path =
                    String.format(Locale.ROOT, "DCIM/%03dAPPLE/IMG_%04d.JPG", 100 + i / IN_A_FOLDER, i % IN_A_FOLDER);
            link(picture, media.resolve(path));
            link(picture, media.resolve("PhotoData/Thumbnails/V2").resolve(path).resolve("5005.JPG"));
        }
        return media;
    }

    private static void link(Path picture, Path name) throws IOException {
        Files.createDirectories(name.getParent());
        Files.createLink(name, picture);
    }
}
