package dev.shoebox.destination.records.run;

import dev.shoebox.destination.Backups;
import dev.shoebox.destination.OneFileDisk;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The list of files that the last run could not back up. */
final class FailedFilesFuzz {
    private FailedFilesFuzz() {}

    static List<byte[]> seeds() {
        String source = "{\"source\":{\"kind\":\"" + Backups.PHONE.kind() + "\",\"id\":\"" + Backups.PHONE.id()
                + "\",\"name\":\"Anna's iPhone\"},";
        String one = source + "\"path\":\"DCIM/100APPLE/IMG_0001.HEIC\",\"breaks\":true}\n";
        return Stream.of(one, one + source + "\"path\":\"b\",\"breaks\":false}\n" + source)
                .map(text -> text.getBytes(UTF_8))
                .toList();
    }

    public static void fuzzerTestOneInput(byte[] bytes) {
        try {
            FailedFiles.read(new OneFileDisk(bytes), Backups.PHONE);
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
