package dev.shoebox.destination.parts;

import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.Names;
import dev.shoebox.text.Sha256;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Turns a backup into one of format 2, in which a file is stored in parts, as docs/destination-format.md defines them.
 */
public final class InParts {
    private InParts() {}

    /**
     * @param file relative to the backup
     * @param size of each part but the last, in bytes
     * @return the number of parts
     */
    public static int split(Path backup, String file, int size) throws IOException {
        byte[] bytes = Files.readAllBytes(backup.resolve(file));
        List<String> digests = new ArrayList<>();
        for (int from = 0; from < bytes.length; from += size) {
            byte[] part = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + size));
            digests.add(sha256(part));
            Files.write(backup.resolve(Disk.Parts.path(file, digests.size())), part);
        }
        Disk.Parts parts = new Disk.Parts(sha256(bytes), digests);
        Files.writeString(backup.resolve(PartsNote.path(file)), note(file, parts));
        Files.delete(backup.resolve(file));
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(backup.resolve("SHA256SUMS"))) {
            lines.addAll(line.endsWith("  " + file) ? PartLines.of(file, parts) : List.of(line));
        }
        Files.write(backup.resolve("SHA256SUMS"), lines);
        Path id = backup.resolve(".shoebox/id");
        Files.write(
                id, Files.readString(id).replace("\"format\":1", "\"format\":2").getBytes(UTF_8));
        return digests.size();
    }

    /** The note beside the parts. */
    static String note(String file, Disk.Parts parts) {
        return PartsNote.text(Names.last(file), parts);
    }

    private static String sha256(byte[] bytes) {
        MessageDigest digest = Sha256.digest();
        digest.update(bytes);
        return Sha256.hex(digest);
    }
}
