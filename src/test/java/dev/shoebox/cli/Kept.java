package dev.shoebox.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The content of a backup, read without Shoebox: every file with its hash, by path, and the lines of {@code
 * SHA256SUMS}.
 */
public record Kept(SortedMap<String, String> files, Map<String, String> listed) {
    private static final String MANIFEST = "SHA256SUMS";
    private static final int HASH = 64;

    /** Everything but the manifest and {@code .shoebox}. An unterminated last line of the manifest does not count. */
    public static Kept in(Path backup) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        if (Files.exists(backup)) {
            Files.walkFileTree(backup, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return folder.equals(backup.resolve(".shoebox"))
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    files.put(backup.relativize(file).toString(), sha256(file));
                    return FileVisitResult.CONTINUE;
                }
            });
        }
        files.remove(MANIFEST);
        Map<String, String> listed = new LinkedHashMap<>();
        if (Files.exists(backup.resolve(MANIFEST))) {
            String manifest = Files.readString(backup.resolve(MANIFEST));
            manifest.substring(0, manifest.lastIndexOf('\n') + 1)
                    .lines()
                    .forEach(line -> listed.put(line.substring(HASH + 2), line.substring(0, HASH)));
        }
        return new Kept(files, listed);
    }

    /**
     * A listed file that is absent or has another hash, or that has the name of a photo and content that no photo has.
     */
    Optional<String> falsehood(Collection<String> hashesOfThePhone) {
        for (Map.Entry<String, String> line : listed.entrySet()) {
            if (!line.getValue().equals(files.get(line.getKey()))) {
                return Optional.of("listed, but not so on disk: " + line.getKey());
            }
        }
        return files.entrySet().stream()
                .filter(file -> !hashesOfThePhone.contains(file.getValue()))
                .map(file -> "no file of the phone: " + file.getKey())
                .findFirst();
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
