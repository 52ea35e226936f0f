package dev.shoebox.phonebackup;

import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaFile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Shared by the tests of local backups. */
public final class Backups {
    /** For a backup that is not encrypted: no password is asked for. */
    static final PhoneBackup.Unlocking PLAIN = keybag -> {
        throw new IOException("a password is asked for");
    };

    private Backups() {}

    /** The smallest complete JPEG, with a content of its own. */
    public static byte[] jpeg(String comment) {
        byte[] text = comment.getBytes(StandardCharsets.UTF_8);
        return HexFormat.of()
                .parseHex("ffd8fffe%04x".formatted(2 + text.length)
                        + HexFormat.of().formatHex(text)
                        + "ffc0000b080001000101011100ffda0008010100003f0000ffd9");
    }

    static List<String> paths(Listing listing) {
        return listing.files().stream().map(MediaFile::path).toList();
    }

    /** Everything in a folder: type, modification time and bytes. */
    public static Map<String, String> state(Path folder) throws IOException {
        Map<String, String> state = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.toList()) {
                String content = Files.isRegularFile(each) ? MadeBackup.sha1(Files.readAllBytes(each)) : "folder";
                state.put(folder.relativize(each).toString(), Files.getLastModifiedTime(each) + " " + content);
            }
        }
        return state;
    }
}
