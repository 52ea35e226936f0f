package dev.shoebox.destination;

import dev.shoebox.photos.CaptureTime;

import java.util.Optional;

/** Where a photo goes below the destination's root: a preset or a template of date parts and facts. */
public final class Layout {
    private Layout() {}

    /**
     * @param text {@code day}, {@code month}, {@code year}, {@code flat}, or a template
     * @throws IllegalArgumentException naming the token that is not known and those that are
     */
    public static Layout parse(String text) {
        throw new UnsupportedOperationException();
    }

    /** What a layout can speak of. */
    public record Facts(
            Optional<CaptureTime> captured, String device, String type, Optional<String> cameraModel, String name) {}
}
