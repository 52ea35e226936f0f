package dev.shoebox.folder;

import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** A folder to read. */
abstract class FolderCase {
    static final Instant JUNE = Instant.parse("2021-06-05T10:00:00.123456789Z");

    @TempDir
    Path root;

    Path write(String path, String content) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content, ISO_8859_1);
        Files.setLastModifiedTime(file, FileTime.from(JUNE));
        return file;
    }

    static List<String> paths(MediaSource source) throws IOException {
        return source.list().files().stream().map(MediaFile::path).toList();
    }
}
