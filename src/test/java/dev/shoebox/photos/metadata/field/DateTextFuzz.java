package dev.shoebox.photos.metadata.field;

import dev.shoebox.photos.CaptureTime.Origin;
import dev.shoebox.photos.metadata.Crafted;

import java.util.List;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A date in any spelling. */
final class DateTextFuzz {
    private DateTextFuzz() {}

    static List<byte[]> seeds() {
        return Stream.of(
                        "2021:06:05 12:34:56",
                        "2021-06-05T12:34:56.789+02:00",
                        "1999/1/2 3.04",
                        "Sun, 15 Jan 2023 10:11:12 +0100",
                        "+0530")
                .map(Crafted::ascii)
                .toList();
    }

    public static void fuzzerTestOneInput(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        DateText.parse(text, Origin.EXIF);
        DateText.parseMailDate(text, Origin.PNG);
        DateText.offset(text);
    }
}
