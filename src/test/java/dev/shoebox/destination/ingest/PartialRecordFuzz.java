package dev.shoebox.destination.ingest;

import dev.shoebox.destination.OneFileDisk;
import dev.shoebox.destination.records.Identity;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The record beside a partial file. */
final class PartialRecordFuzz {
    private PartialRecordFuzz() {}

    static List<byte[]> seeds() {
        String source = "{\"source\":{\"kind\":\"PHONE\",\"id\":\"00008110-0001\",\"name\":\"Anna's iPhone\"},";
        String file = "\"file\":{\"path\":\"DCIM/100APPLE/IMG_0001.MOV\",\"size\":9000000000,"
                + "\"modified\":\"2024-05-03T10:11:12.123456789Z\",\"created\":\"2024-05-03T10:11:12Z\"},";
        String proven = "\"bytes\":67108864,\"sha256\":\"" + "0a".repeat(32) + "\"}\n";
        return Stream.of(source + file + proven, source + file + proven + source + file)
                .map(text -> text.getBytes(UTF_8))
                .toList();
    }

    public static void fuzzerTestOneInput(byte[] bytes) {
        try {
            PartialRecord.read(new OneFileDisk(bytes), Identity.STAGING + "/1.partial");
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
