package dev.shoebox.simulator.library;

import dev.shoebox.simulator.library.GeneratedLibrary.Amount;
import dev.shoebox.simulator.library.GeneratedLibrary.Part;
import dev.shoebox.simulator.library.GeneratedTree.Ends;
import dev.shoebox.simulator.wire.PropertyLists;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * Creates the files that a {@link GeneratedLibrary} describes where iOS would: numbered in DCIM, others in PhotoData.
 */
public final class GeneratedRoll {
    private static final String LIVE = "live";
    private static final Instant FIRST = Instant.parse("2023-03-01T06:30:00Z");
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final int MINUTES_BETWEEN = 97;
    private static final int LAST_NUMBER = 9999;
    private static final int PER_FOLDER = 1000;
    private static final String MODEL = "iPhone 14 Pro";

    private final GeneratedLibrary spec;
    private final GeneratedTree tree;
    private int count;

    private GeneratedRoll(GeneratedLibrary spec) {
        this.spec = spec;
        this.tree = new GeneratedTree(spec.seed());
    }

    public static GeneratedTree develop(GeneratedLibrary spec) {
        GeneratedRoll roll = new GeneratedRoll(spec);
        for (Part part : Part.values()) {
            Amount amount = spec.amount(part);
            for (int i = 0; i < amount.count(); i++) {
                roll.add(part, amount, i);
            }
        }
        return roll.tree;
    }

    private void add(Part part, Amount amount, int index) {
        switch (part) {
            case PHOTO -> addJpeg(nextFolder(), name() + ".JPG", amount.size(index));
            case LIVE_PHOTO -> addLivePhoto(amount.size(2 * index), amount.size(2 * index + 1));
            case VIDEO -> addVideo(amount.size(index));
            case SCREENSHOT -> addScreenshot(amount.size(index));
            case EDITED_PHOTO -> addEdited(amount.size(2 * index), amount.size(2 * index + 1));
            case CLOUD_ORIGINAL -> {
                count++;
                String name = id("cloud", count).toString().toUpperCase(Locale.ROOT);
                addJpeg("PhotoData/CPLAssets/group" + (1 + index % 300), name + ".JPG", amount.size(index));
            }
            case RECURRING_NAME -> {
                count++;
                String folder = "DCIM/%dAPPLE".formatted(101 + (count - 1 - index) / PER_FOLDER);
                addJpeg(folder, "IMG_%04d.JPG".formatted(index + 1), amount.size(index));
            }
        }
    }

    /** Counts one more item and returns its folder: IMG_0001 to IMG_0999 in 100APPLE, the next thousand in 101APPLE. */
    private String nextFolder() {
        count++;
        return "DCIM/%dAPPLE".formatted(100 + count / PER_FOLDER);
    }

    private String name() {
        return "IMG_%04d".formatted((count - 1) % LAST_NUMBER + 1);
    }

    private UUID id(String kind, int number) {
        return UUID.nameUUIDFromBytes((kind + spec.seed() + ':' + number).getBytes(StandardCharsets.US_ASCII));
    }

    private static Instant taken(int number) {
        return FIRST.plusSeconds(60L * MINUTES_BETWEEN * number);
    }

    private Shot shot(String kind, int number) {
        String contentId = kind.equals(LIVE) ? id(kind, number).toString().toUpperCase(Locale.ROOT) : "";
        String uniqueId = id(kind + " unique", number).toString().replace("-", "");
        return new Shot(taken(number).atZone(ZONE).toOffsetDateTime(), MODEL, contentId, uniqueId);
    }

    /**
     * Adds a file with the current number. Its metadata are created when it is opened, since there may be a hundred
     * thousand files.
     */
    private void addFile(String folder, String name, long size, String kind, Function<Shot, Ends> ends) {
        int number = count;
        tree.add(folder, name, size, taken(number), () -> ends.apply(shot(kind, number)));
    }

    private void addJpeg(String folder, String name, long size) {
        addFile(folder, name, size, "jpeg", shot -> Ends.of(Jpeg.tiny(shot)));
    }

    private void addLivePhoto(long stillSize, long filmSize) {
        String folder = nextFolder();
        addFile(folder, name() + ".HEIC", stillSize, LIVE, shot -> Ends.of(Boxes.heif(shot, stillSize)));
        addFile(folder, name() + ".MOV", filmSize, LIVE, shot -> {
            byte[] start = Boxes.join(Boxes.fileType("qt  ", "qt  "), Boxes.film(shot));
            return Ends.of(Boxes.join(start, Boxes.mediaDataHeader(filmSize - start.length - 16)));
        });
    }

    private void addVideo(long size) {
        addFile(nextFolder(), name() + ".MOV", size, "video", shot -> {
            byte[] type = Boxes.fileType("qt  ", "qt  ");
            byte[] index = Boxes.film(shot);
            byte[] data = Boxes.mediaDataHeader(size - type.length - index.length - 16);
            return new Ends(ByteBuffer.wrap(Boxes.join(type, data)), ByteBuffer.wrap(index));
        });
    }

    private void addScreenshot(long size) {
        addFile(nextFolder(), name() + ".PNG", size, "screenshot", shot -> Ends.of(Painting.screenshot(64, 138)));
    }

    private void addEdited(long size, long renderSize) {
        String folder = nextFolder();
        addJpeg(folder, name() + ".JPG", size);
        String mutations = "PhotoData/Mutations/" + folder + '/' + name() + "/Adjustments";
        byte[] plist = adjustments(shot("render", count));
        addFile(mutations, "Adjustments.plist", plist.length, "render", shot -> Ends.of(plist));
        addFile(mutations, "FullSizeRender.jpg", renderSize, "render", shot -> Ends.of(Jpeg.tiny(shot)));
    }

    /** Returns the file in which Photos records how a photo was edited. */
    static byte[] adjustments(Shot shot) {
        return PropertyLists.xml(Map.of(
                "adjustmentBaseVersion",
                0,
                "adjustmentData",
                shot.uniqueId().getBytes(StandardCharsets.US_ASCII),
                "adjustmentEditorBundleID",
                "com.apple.mobileslideshow",
                "adjustmentFormatIdentifier",
                "com.apple.photo",
                "adjustmentFormatVersion",
                "1.9",
                "adjustmentTimestamp",
                java.util.Date.from(shot.taken().toInstant())));
    }
}
