package dev.shoebox.device.afc;

import dev.shoebox.device.HostileAnswersTest;

import java.nio.ByteBuffer;
import java.util.List;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A phone's information about one file. */
final class FileInfoFuzz {
    private FileInfoFuzz() {}

    static List<byte[]> seeds() {
        return List.of(
                HostileAnswersTest.INFO.getBytes(US_ASCII),
                HostileAnswersTest.FOLDER.getBytes(US_ASCII),
                "st_size\0009\0st_nlink\0001\0st_ifmt\0S_IFLNK\0st_birthtime\0-1\0st_mtime\0".getBytes(US_ASCII));
    }

    public static void fuzzerTestOneInput(byte[] answer) {
        FileInfo.of(ByteBuffer.wrap(answer))
                .file("DCIM/x")
                .ifPresent(file -> assertTrue(file.size() >= 0, () -> "a size of " + file.size()));
    }
}
