package dev.shoebox.watch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;

/** Which drives are there, as a text that changes when one comes or goes. Costs microseconds and wakes no drive. */
public final class MountTable {
    private static final Path LINUX = Path.of("/proc/self/mounts");
    private static final Path MACOS = Path.of("/Volumes");

    private MountTable() {}

    /** What is mounted now. */
    public static String now() {
        try {
            if (Files.isReadable(LINUX)) {
                return Files.readString(LINUX, StandardCharsets.ISO_8859_1);
            }
            var names = new TreeSet<String>();
            FileSystems.getDefault().getRootDirectories().forEach(root -> names.add(root.toString()));
            if (Files.isDirectory(MACOS)) {
                try (DirectoryStream<Path> volumes = Files.newDirectoryStream(MACOS)) {
                    volumes.forEach(volume -> names.add(volume.toString()));
                }
            }
            return String.join("\n", names);
        } catch (IOException unknown) {
            return "";
        }
    }
}
