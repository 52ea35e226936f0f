package dev.shoebox.destination;

import dev.shoebox.photos.Role;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import static dev.shoebox.destination.Backups.part;
import static dev.shoebox.destination.Backups.photo;
import static dev.shoebox.destination.Backups.shot;

/** Twenty assets with all their conflicts: Live Photos, edits, duplicates, names that clash, photos without a date. */
final class TwentyShots {
    static final Backups.Shot[] ALL = all();

    private TwentyShots() {}

    /** Of a unique length, and longer than a page that a disk of the model drops. */
    private static String content(String what, int number) {
        return (what + " " + number + " ").repeat(9 + number) + "end";
    }

    private static Backups.Shot[] all() {
        List<Backups.Shot> shots = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            shots.add(numbered(i).taken("2024-0" + (1 + i / 4) + "-03T12:00:00"));
        }
        shots.set(18, shots.get(18).undated());
        return shots.toArray(Backups.Shot[]::new);
    }

    private static Backups.Shot numbered(int i) {
        String name = "DCIM/100APPLE/IMG_00" + (10 + i);
        return switch (i) {
            // The same bytes again, under another name, in a later batch and in the same.
            case 6 -> photo(name + ".HEIC", content("photo", 1));
            case 9 -> photo(name + ".HEIC", content("photo", 8));
            // Another photo of the same name and month, and one whose name differs only in case.
            case 2 -> photo("DCIM/101APPLE/IMG_0010.HEIC", content("photo", 2));
            case 10 -> photo("DCIM/101APPLE/img_0018.heic", content("photo", 10));
            // An edit that changed nothing.
            case 13 ->
                shot(
                        part(name + ".HEIC", Role.PHOTO, content("photo", i)),
                        part(edit(i) + "FullSizeRender.heic", Role.FULL_SIZE_PHOTO, content("photo", i)));
            case 4, 14 ->
                shot(
                        part(name + ".HEIC", Role.PHOTO, content("photo", i)),
                        part(name + ".AAE", Role.ADJUSTMENT_DATA, "the same filter"),
                        part(edit(i) + "FullSizeRender.heic", Role.FULL_SIZE_PHOTO, content("edit", i)));
            case 0, 8, 12, 16 ->
                shot(
                        part(name + ".HEIC", Role.PHOTO, content("photo", i)),
                        part(name + ".MOV", Role.PAIRED_VIDEO, content("video", i)));
            default -> photo(name + ".HEIC", content("photo", i));
        };
    }

    private static String edit(int i) {
        return "PhotoData/Mutations/" + i + "/Adjustments/";
    }

    static List<Backups.Part> parts() {
        return Arrays.stream(ALL).flatMap(shot -> shot.parts().stream()).toList();
    }
}
