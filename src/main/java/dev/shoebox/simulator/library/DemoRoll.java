package dev.shoebox.simulator.library;

import dev.shoebox.simulator.library.Boxes.Frames;
import dev.shoebox.simulator.library.GeneratedTree.Ends;
import dev.shoebox.simulator.wire.PropertyLists;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** A realistic camera roll: two years of day trips, some films, a screenshot, a photo from a chat. */
public final class DemoRoll {
    private static final String MODEL = "iPhone 14 Pro";
    private static final int WIDTH = 1440;
    private static final int HEIGHT = 1080;
    private static final int FRAMES_PER_SECOND = 6;

    /** The folder in which iOS keeps a small JPEG of each asset, in the format that its configuration names. */
    private static final String THUMBNAILS = "PhotoData/Thumbnails/V2/";

    private static final int THUMBNAIL_FORMAT = 5005;
    private static final long THUMBNAIL_BYTES = 32_000;

    private record Day(String caption, String start, int photos, int livePhotos, int films) {}

    private static final List<Day> FIRST_FOLDER = List.of(
            new Day("Lake", "2023-06-18T10:12:30+02:00", 6, 2, 1),
            new Day("Harvest", "2023-09-02T17:45:10+02:00", 4, 1, 0),
            new Day("First snow", "2023-12-03T08:20:00+01:00", 5, 2, 1));
    private static final List<Day> SECOND_FOLDER = List.of(
            new Day("Tokyo", "2024-04-05T06:50:40+09:00", 6, 2, 1),
            new Day("Dunes", "2024-07-21T20:31:05+02:00", 5, 1, 1));

    private final GeneratedTree tree = new GeneratedTree(2024);
    private final ExecutorService painter = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "painter");
        thread.setDaemon(true);
        return thread;
    });
    private int number;

    private DemoRoll() {}

    public static GeneratedTree develop() {
        DemoRoll roll = new DemoRoll();
        roll.addFolder("DCIM/100APPLE", FIRST_FOLDER);
        roll.addOddities();
        roll.number = 0;
        roll.addFolder("DCIM/101APPLE", SECOND_FOLDER);
        roll.tree.add(
                "PhotoData/Thumbnails/thumbnailConfiguration",
                PropertyLists.xml(Map.of("PLThumbnailManagerThumbnailFormatKey", THUMBNAIL_FORMAT)),
                Instant.parse("2023-06-18T08:00:00Z"));
        roll.painter.shutdown();
        return roll.tree;
    }

    private void addFolder(String folder, List<Day> days) {
        for (Day day : days) {
            OffsetDateTime time = OffsetDateTime.parse(day.start());
            for (int i = 0; i < day.photos() + day.livePhotos() + day.films(); i++) {
                number++;
                time = time.plusSeconds(137L + 61 * i % 400);
                Shot shot = shot(time, i >= day.photos() && i < day.photos() + day.livePhotos());
                String name = "IMG_%04d".formatted(number);
                if (i < day.photos() + day.livePhotos()) {
                    addPhoto(folder, name + ".JPG", shot, day.caption());
                }
                boolean film = i >= day.photos() + day.livePhotos();
                addThumbnail(folder + '/' + name + (film ? ".MOV" : ".JPG"), shot, film ? "Film" : day.caption());
                if (i >= day.photos()) {
                    addFilm(folder, name + ".MOV", shot, shot.contentId().isEmpty() ? 9_000_000 : 2_400_000);
                }
            }
        }
    }

    private void addOddities() {
        Shot edited = shot(OffsetDateTime.parse("2023-06-18T10:18:05+02:00"), false);
        String adjustments = "PhotoData/Mutations/DCIM/100APPLE/IMG_0002/Adjustments";
        addPhoto(adjustments, "FullSizeRender.jpg", edited, "Lake edited");
        addBytes(adjustments, "Adjustments.plist", edited, GeneratedRoll.adjustments(edited));
        addBytes("DCIM/100APPLE", "IMG_0003.AAE", edited, GeneratedRoll.adjustments(edited));
        Shot screen = shot(OffsetDateTime.parse("2023-10-10T09:41:00+02:00"), false);
        addBytes("DCIM/100APPLE", "IMG_0090.PNG", screen, Painting.screenshot(590, 1278));
        addBytes(
                "DCIM/100APPLE",
                "IMG-20231224-WA0007.jpg",
                screen,
                Painting.landscape(77, 1024, 768, 0.5, "From a chat"));
        Shot cloud = shot(OffsetDateTime.parse("2022-08-14T13:05:00+02:00"), false);
        addPhoto("PhotoData/CPLAssets/group114", "5E0B6C9C-2F3B-4C53-9B7E-1D0E5A7B9C11.JPG", cloud, "Old iPad");
    }

    /** Adds the thumbnail that iOS makes when an asset arrives, including films. */
    private void addThumbnail(String original, Shot shot, String caption) {
        long seed = shot.taken().toEpochSecond();
        add(
                THUMBNAILS + original,
                THUMBNAIL_FORMAT + ".JPG",
                THUMBNAIL_BYTES,
                shot,
                () -> Ends.of(Painting.landscape(seed, 320, 240, Math.floorMod(seed, 97) / 97.0, caption)));
    }

    private static Shot shot(OffsetDateTime time, boolean live) {
        String id = UUID.nameUUIDFromBytes(time.toString().getBytes(StandardCharsets.US_ASCII))
                .toString()
                .toUpperCase(Locale.ROOT);
        return new Shot(time, MODEL, live ? id : "", id.replace("-", ""));
    }

    private void addPhoto(String folder, String name, Shot shot, String caption) {
        long seed = shot.taken().toEpochSecond();
        long size = 900_000L + Math.floorMod(seed * 7919, 700_000);
        add(folder, name, size, shot, () -> {
            byte[] picture = Painting.landscape(seed, WIDTH, HEIGHT, Math.floorMod(seed, 97) / 97.0, caption);
            return Ends.of(Jpeg.withExif(shot, picture));
        });
    }

    private void addBytes(String folder, String name, Shot shot, byte[] content) {
        tree.add(folder, name, content.length, shot.taken().toInstant(), () -> Ends.of(content));
    }

    private void addFilm(String folder, String name, Shot shot, long size) {
        long seed = shot.taken().toEpochSecond();
        add(folder, name, size, shot, () -> {
            List<byte[]> frames = new ArrayList<>();
            for (int i = 0; i < 2 * FRAMES_PER_SECOND; i++) {
                frames.add(Painting.landscape(seed, 480, 270, i / (2.0 * FRAMES_PER_SECOND), "Film"));
            }
            byte[] type = Boxes.fileType("qt  ", "qt  ");
            List<Integer> sizes = frames.stream().map(frame -> frame.length).toList();
            Frames index = new Frames(type.length + 16L, sizes, 480, 270, FRAMES_PER_SECOND);
            byte[] tail = Boxes.film(shot, index);
            byte[] data = Boxes.mediaDataHeader(size - type.length - 16 - tail.length);
            byte[] head = Boxes.join(type, data, Boxes.join(frames.toArray(byte[][]::new)));
            return new Ends(ByteBuffer.wrap(head), ByteBuffer.wrap(tail));
        });
    }

    /** Painted in the background. Early readers wait for it. */
    private void add(String folder, String name, long size, Shot shot, Supplier<Ends> ends) {
        CompletableFuture<Ends> painting = CompletableFuture.supplyAsync(ends, painter);
        tree.add(folder, name, size, shot.taken().toInstant(), painting::join);
    }
}
