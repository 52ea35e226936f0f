package dev.shoebox.destination.disk;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.shoebox.photos.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class NamesTest {
    @ParameterizedTest
    @CsvSource({
        "IMG_0001, IMG_0001",
        "-rf, -rf",
        "a:b*c?d<e>f|g\"h\\i, a_b_c_d_e_f_g_h_i",
        "'x ', x_",
        "x.., x__",
        "., _",
        ".., __",
        ".hidden, _hidden",
        "con, con_",
        "CON.tar.gz, CON_.tar.gz",
        "nul.txt, nul_.txt",
        "COM1, COM1_",
        "LPT\u00b9, LPT\u00b9_",
        "console, console",
        "cafe\u0301, caf\u00e9",
        "'\\xE9t\\xE9', _t_",
        "'', _",
    })
    void aNameBecomesOneThatEveryDiskCanHold(String name, String safe) {
        assertEquals(safe, Names.safe(name, Names.STEM_BYTES));
    }

    @Test
    void aLongNameIsCutBetweenCharacters() {
        String faces = "\ud83d\ude00".repeat(60);

        String safe = Names.safe(faces, 100);

        assertEquals("\ud83d\ude00".repeat(25), safe);
    }

    @Test
    void aPathIsNeverTooLong() {
        String folder = "f".repeat(150);
        String stem = Names.stem(folder, "\u00e9".repeat(300), "3fa9c1d2");
        String path = Names.part(stem, Role.ADJUSTMENT_DATA, "Adjustments." + "p".repeat(40), "3fa9c1d2");

        assertTrue(path.length() <= Names.PATH_CHARACTERS, path.length() + " characters");
        assertTrue(Names.last(path).getBytes(StandardCharsets.UTF_8).length <= 200);
        assertTrue(stem.endsWith("-3fa9c1d2"));
    }

    @Test
    void foldingUnitesNamesThatSomeDiskDoesNotDistinguish() {
        assertEquals(Names.fold("IMG_\u00c9.jpg"), Names.fold("img_e\u0301.JPG"));
        assertEquals(Names.fold("stra\u00dfe"), Names.fold("STRASSE"));
    }

    /** The rules of Windows and FAT, as the system checks them. */
    private static void assertPortable(String name) {
        assertEquals(Normalizer.normalize(name, Normalizer.Form.NFC), name);
        assertFalse(name.matches("(?s).*[\\x00-\\x1f\\x7f\"*/:<>?\\\\|].*"), name);
        assertFalse(name.endsWith(".") || name.endsWith(" ") || name.startsWith(".") || name.isEmpty(), name);
        String device = name.toUpperCase(Locale.ROOT).split("\\.", 2)[0].stripTrailing();
        assertFalse(device.matches("CON|PRN|AUX|NUL|COM[0-9]|LPT[0-9]"), name);
        assertTrue(name.getBytes(StandardCharsets.UTF_8).length <= Names.STEM_BYTES + 1, name);
    }

    @Test
    void whateverANameIsItBecomesAPortableOneAndStaysSo() {
        var random = new Random(20261120);
        String[] pieces = {
            "IMG",
            ".",
            " ",
            "/",
            "\\",
            ":",
            "\u0000",
            "\n",
            "CON",
            "nul",
            "com1",
            "\u0301",
            "e",
            "\u00e9",
            "\ud83d\ude00",
            "\ud83d",
            "\\xFF",
            "-",
            "_",
            "\u202e",
            "x".repeat(90),
            "\uffff",
            "*",
            "?",
            "LPT9",
            "%",
            "~",
            "\t"
        };
        for (int i = 0; i < 20_000; i++) {
            var name = new StringBuilder();
            for (int piece = random.nextInt(8); piece >= 0; piece--) {
                name.append(pieces[random.nextInt(pieces.length)]);
            }
            String safe = Names.safe(name.toString(), Names.STEM_BYTES);
            assertPortable(safe);
            assertEquals(safe, Names.safe(safe, Names.STEM_BYTES + 1), "safe already");
        }
    }

    @Test
    void namesThatDifferAfterFoldingAreDifferentFilesOnMacAndWindowsToo() throws IOException {
        String[] names = {
            "a",
            "A",
            "\u00e9",
            "e\u0301",
            "\u00c9",
            "stra\u00dfe",
            "STRASSE",
            "x.",
            "x",
            "CON",
            "con_",
            "\u03c3",
            "\u03c2"
        };
        for (Configuration system : new Configuration[] {Configuration.osX(), Configuration.windows()}) {
            try (FileSystem files = Jimfs.newFileSystem(system)) {
                Path folder = files.getRootDirectories().iterator().next().resolve("photos");
                Files.createDirectory(folder);
                Map<String, String> byKey = new HashMap<>();
                for (String name : names) {
                    String safe = Names.safe(name, Names.STEM_BYTES);
                    if (byKey.putIfAbsent(Names.fold(safe), safe) == null) {
                        assertFalse(Files.exists(folder.resolve(safe)), safe + " would be taken for another");
                        Files.createFile(folder.resolve(safe));
                    }
                }
            }
        }
    }
}
