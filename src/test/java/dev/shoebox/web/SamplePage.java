package dev.shoebox.web;

import dev.shoebox.web.index.Flag;
import dev.shoebox.web.index.PageEntry;
import dev.shoebox.web.index.PhotoIndex;
import dev.shoebox.web.index.Place;
import dev.shoebox.web.page.Words;
import dev.shoebox.web.phone.PhoneState;
import dev.shoebox.web.phone.ShownPhone.Extent;
import dev.shoebox.web.server.LocalServer;
import dev.shoebox.web.server.Refusal;
import dev.shoebox.web.server.Response;

import javax.imageio.ImageIO;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The page over generated photos: real server, real files of the page, no phone. */
final class SamplePage implements Closeable, Actions, Pictures {
    final PageModel model = new PageModel();
    final List<String> done = new CopyOnWriteArrayList<>();
    private final Map<Integer, byte[]> painted = new ConcurrentHashMap<>();
    private final LocalServer server;

    SamplePage() throws IOException {
        Words words = new Words(Locale.ENGLISH);
        server = LocalServer.start(
                new LocalServer.Settings(0, Duration.ofMinutes(1), Duration.ofMinutes(10)),
                new PageRoutes(model, this, this).routes(words),
                model.feed(),
                () -> false,
                words);
        model.show(
                new PhoneState(PhoneState.Kind.READY, Optional.of("Anna's iPhone"), true, true, 0, Optional.empty()));
        model.show(target());
    }

    static Target target() {
        return new Target(
                0,
                "Photos",
                Path.of("/media/anna/Photos"),
                new Target.Space(190_000_000_000L, Optional.of("exfat")),
                true,
                true,
                true);
    }

    String url() {
        return server.url();
    }

    /** This many photos over twelve years. */
    static PhotoIndex photos(int count) {
        Random random = new Random(7);
        List<PageEntry> entries = new ArrayList<>();
        long newest = LocalDateTime.of(2026, 11, 27, 18, 0).toEpochSecond(ZoneOffset.UTC) / 60;
        for (int id = 0; id < count; id++) {
            double share = (double) id / count;
            int minutes = (int) (newest - Math.pow(share, 1.4) * 12 * 365 * 1440 - random.nextInt(200));
            Place place = random.nextInt(10) < 2 && share < 0.4
                    ? Place.ONLY_HERE
                    : random.nextInt(40) == 0
                            ? Place.ONLY_IN_ICLOUD
                            : random.nextInt(60) == 0 ? Place.WAITING : Place.BOTH;
            int flags = place.bits();
            if (place != Place.ONLY_IN_ICLOUD) {
                flags |= Flag.HERE.bit();
            }
            if (place == Place.BOTH && random.nextInt(10) > 0) {
                flags |= Flag.BACKED_UP.bit();
            }
            flags |= random.nextInt(9) == 0 ? Flag.VIDEO.bit() : random.nextInt(5) == 0 ? Flag.LIVE.bit() : 0;
            flags |= random.nextInt(20) == 0 ? Flag.FAVOURITE.bit() : 0;
            flags |= random.nextInt(15) == 0 ? Flag.SCREENSHOT.bit() : 0;
            flags |= random.nextInt(90) == 0 ? Flag.HIDDEN.bit() : 0;
            flags |= random.nextInt(90) == 0 ? Flag.TRASHED.bit() : 0;
            String name = String.format(Locale.ROOT, "IMG_%04d.HEIC", id);
            entries.add(new PageEntry(
                    id,
                    name,
                    minutes,
                    flags,
                    1_500_000 + random.nextInt(4_000_000),
                    name,
                    random.nextInt(12) == 0
                            ? List.of(random.nextBoolean() ? "Lake Garda" : "Family/Birthdays")
                            : List.of()));
        }
        return new PhotoIndex(entries);
    }

    @Override
    public Optional<Response> thumbnail(int id) {
        return Optional.of(new Response.Body(
                "image/jpeg", painted.computeIfAbsent(id % 60, each -> paint(each, 256)), Response.Keep.PRIVATELY));
    }

    @Override
    public Optional<Response> picture(int id) {
        return Optional.of(new Response.Body("image/jpeg", paint(id % 60, 1200), Response.Keep.PRIVATELY));
    }

    @Override
    public Optional<Response> film(int id) {
        return Optional.empty();
    }

    static byte[] paint(int seed, int size) {
        Random random = new Random(seed * 7_919_000_003L);
        random.nextInt();
        BufferedImage image = new BufferedImage(size, size * 3 / 4, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        float hue = random.nextFloat();
        g.setPaint(new GradientPaint(
                0, 0, Color.getHSBColor(hue, 0.35f, 0.95f), 0, size, Color.getHSBColor(hue + 0.12f, 0.55f, 0.6f)));
        g.fillRect(0, 0, size, size);
        for (int i = 0; i < 4; i++) {
            g.setColor(Color.getHSBColor(hue + random.nextFloat() * 0.3f, 0.5f, 0.4f + random.nextFloat() * 0.4f));
            int x = random.nextInt(size);
            g.fillOval(
                    x - size / 4, size * 3 / 8 + random.nextInt(size / 4), size / 2 + random.nextInt(size / 2), size);
        }
        g.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpeg", bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    @Override
    public Map<String, Object> details(PageEntry entry) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", entry.name());
        facts.put("taken", true);
        facts.put("takenBy", "library");
        facts.put("evidence", "it is on the iPhone; the library does not say that iCloud has it");
        facts.put("camera", "iPhone 15 Pro");
        facts.put("albums", entry.albums());
        facts.put("place", Map.of("latitude", 45.5, "longitude", 10.7));
        facts.put("files", List.of(Map.of("name", entry.name(), "size", entry.bytes())));
        return facts;
    }

    @Override
    public List<Target> targets() {
        return List.of(
                target(),
                new Target(
                        1,
                        "STICK",
                        Path.of("/media/anna/STICK"),
                        new Target.Space(7_000_000_000L, Optional.of("vfat")),
                        false,
                        false,
                        true));
    }

    @Override
    public void choose(int target) {
        done.add("choose " + target);
        model.show(targets().get(target));
    }

    @Override
    public void chooseNew(int target, String name) {
        done.add("choose " + target + " " + name);
        model.show(targets().get(target));
    }

    @Override
    public void save(Choice choice) {
        done.add("save " + choice.what().orElse("") + choice.ids());
    }

    @Override
    public void pause() {
        done.add("pause");
    }

    @Override
    public void look() {
        done.add("look");
    }

    @Override
    public void forget() {
        done.add("forget");
        model.follow(Optional::empty);
    }

    @Override
    public void openFolder() {
        done.add("open");
    }

    @Override
    public String weekly() {
        return "Every Sunday.";
    }

    @Override
    public String report() throws Refusal {
        return "<!doctype html><p>All is well.</p>";
    }

    @Override
    public void close() {
        server.close();
    }

    /** To view the page by hand: prints the URL and keeps running. */
    public static void main(String[] arguments) throws Exception {
        SamplePage page = new SamplePage();
        page.model.show(photos(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 11_204), Extent.WHOLE);
        page.model.answer(new PageModel.CloudAnswer(
                "icloud-full",
                "part",
                "iCloud storage is full: 2,310 photos wait and are only on this iPhone",
                List.of("Save what is only here first.", "Then free some iCloud storage.")));
        System.out.println(page.url());
        page.server.await();
    }
}
