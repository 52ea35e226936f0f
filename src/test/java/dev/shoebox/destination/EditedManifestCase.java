package dev.shoebox.destination;

import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.proof.Verification;
import dev.shoebox.destination.records.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;

import static dev.shoebox.destination.Backups.photo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A backup whose list of checksums a user edits. */
abstract class EditedManifestCase {
    @TempDir
    Path folder;

    Backups backups;
    Path manifest;

    @BeforeEach
    void begin() throws IOException {
        backups = new Backups(folder.resolve("backup"));
        manifest = backups.root.resolve(Manifest.FILE);
    }

    static Backups.Shot shot(int number) {
        return photo("DCIM/100APPLE/IMG_000" + number + ".HEIC", "photo " + number);
    }

    static String line(String content, String path) {
        byte[] hash = dev.shoebox.text.Sha256.bytes(content);
        return HexFormat.of().formatHex(hash) + "  " + path;
    }

    /** A correct line lists every photo that exists, and {@code sha256sum -c} finds no wrong one. */
    void assertListed(String when) throws Exception {
        Process process = new ProcessBuilder("sha256sum", "-c", Manifest.FILE)
                .directory(backups.root.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        for (String path : backups.photos().keySet()) {
            if (path.startsWith("2024/")) {
                assertTrue(output.contains(path + ": OK\n"), when + ": " + path + " in " + output);
            }
        }
        assertTrue(
                output.lines().noneMatch(said -> said.startsWith("2024/") && said.contains("FAILED")), when + output);
    }

    void assertVerifiesWell() throws IOException {
        try (Destination view = Destination.view(backups.root, OpenMode.REQUIRE_EXISTING)) {
            var found = new Found();
            view.proofs().verify(Verification.Sample.EVERYTHING, found);
            assertEquals(List.of(), found.findings());
        }
    }

    void edit(UnaryOperator<String> change) throws IOException {
        Files.writeString(manifest, change.apply(Files.readString(manifest)));
    }

    void assertContinuedAfter(String what, UnaryOperator<String> change) throws Exception {
        backups.run(shot(1), shot(2), shot(3));
        edit(change);
        String edited = Files.readString(manifest);
        assertVerifiesWell();
        backups.catchUp(shot(1), shot(2), shot(3), shot(4));
        assertTrue(Files.readString(manifest).startsWith(edited), what + ":\n" + Files.readString(manifest));
        assertListed(what);
        assertVerifiesWell();
        backups.catchUp(shot(1), shot(2), shot(3), shot(4), shot(5));
        assertListed(what);
        assertEquals(5, backups.photos().size());
        assertVerifiesWell();
    }
}
