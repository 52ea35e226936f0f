package dev.shoebox.cli.phone;

import dev.shoebox.library.LibraryReader;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.SelfHashing;
import dev.shoebox.photos.source.SelfHashing.FileHashes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Counts the fingerprints in a phone's library by column, and tests whether the phone hashes files. */
final class FingerprintFacts {
    private FingerprintFacts() {}

    /** Returns one line for each fact. */
    static List<String> of(MediaSource source) throws IOException {
        List<String> lines = new ArrayList<>();
        Optional<MediaFile> smallest = source.list().files().stream()
                .filter(file -> file.size() > 0)
                .min(Comparator.comparingLong(MediaFile::size));
        if (smallest.isPresent()) {
            lines.add("hashes files: " + hashes(source, smallest.get()));
        }
        Path folder = Files.createTempDirectory("shoebox-facts");
        try {
            Library library = new LibraryReader(folder)
                    .read(source, bytes -> {}, () -> false)
                    .library();
            if (library.isThere()) {
                lines.add("assets in the library: " + library.size());
                library.claims().counts().forEach((column, count) -> lines.add(column + ": " + count));
            }
        } finally {
            remove(folder);
        }
        return lines;
    }

    private static String hashes(MediaSource source, MediaFile file) {
        Optional<SelfHashing> hashing = SelfHashing.of(source);
        if (hashing.isEmpty()) {
            return "no";
        }
        try (FileHashes asked = hashing.get().hashes()) {
            return "whole " + (asked.sha1(file).isPresent() ? "yes" : "no") + ", parts "
                    + (asked.sha1(file, 0, file.size()).isPresent() ? "yes" : "no");
        } catch (IOException lost) {
            return "the connection was lost";
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
