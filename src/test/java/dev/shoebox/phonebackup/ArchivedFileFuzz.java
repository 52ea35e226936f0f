package dev.shoebox.phonebackup;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;

/** An entry of a backup's file list, an archive of objects. */
final class ArchivedFileFuzz {
    private ArchivedFileFuzz() {}

    static List<byte[]> seeds() throws IOException, GeneralSecurityException {
        MadeBackup plain = new MadeBackup(Path.of("none"));
        MadeBackup encrypted = new MadeBackup(Path.of("none")).encrypted(new Encryption("password", 1, 1));
        return List.of(
                plain.archive(
                        plain.photo("DCIM/100APPLE/IMG_0001.JPG", new byte[9]).withDigest()),
                encrypted.archive(encrypted.photo("DCIM/100APPLE/IMG_0001.JPG", new byte[9])));
    }

    public static void fuzzerTestOneInput(byte[] bytes) {
        ArchivedFile file = ArchivedFile.of(bytes);
        if (file.size().orElse(0) < 0) {
            throw new AssertionError("a size of " + file.size());
        }
        if (file.sha1().filter(digits -> !digits.matches("[0-9a-f]{40}")).isPresent()) {
            throw new AssertionError("a checksum of " + file.sha1());
        }
    }
}
