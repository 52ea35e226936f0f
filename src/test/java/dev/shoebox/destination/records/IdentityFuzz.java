package dev.shoebox.destination.records;

import dev.shoebox.destination.OneFileDisk;
import dev.shoebox.destination.disk.DestinationException;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The file that makes a folder a backup. */
final class IdentityFuzz {
    private IdentityFuzz() {}

    static List<byte[]> seeds() {
        return Stream.of("1", "2", "1.5", "99999999999999999999")
                .map(format -> "{\"format\":" + format
                        + ",\"id\":\"3fa9c1d2-0000-4000-8000-000000000001\",\"created\":\"2026-11-20T08:00:00Z\"}\n")
                .map(text -> text.getBytes(UTF_8))
                .toList();
    }

    public static void fuzzerTestOneInput(byte[] bytes) {
        try {
            Identity.read(new OneFileDisk(bytes));
        } catch (DestinationException.NotAShoebox later) {
            // Made by a later version.
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
