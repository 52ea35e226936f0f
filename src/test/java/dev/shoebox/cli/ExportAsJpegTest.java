package dev.shoebox.cli;

import dev.shoebox.Programs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import javax.imageio.ImageIO;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Converts HEICs to JPEGs with libheif's program, and with programs that fail. */
class ExportAsJpegTest extends ExportTrial {
    /** 64 by 48 pixels: one tile of 64 by 64, cropped by the grid. Made for this test with heif-enc. */
    private static final String HEIC =
            "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAa1tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0"
                    + "AAAAAAAAAAAAAAAAAAAAAA5waXRtAAAAAAACAAAAEGlkYXQAAAAAAEAAMAAAADhpbG9jAQAAAERAAAIAAQAAAAAAAAHRAAEAAAAAAAAAdAACAAEA"
                    + "AAAAAAAAAQAAAAAAAAAIAAAAOGlpbmYAAAAAAAIAAAAVaW5mZQIAAAEAAQAAaHZjMQAAAAAVaW5mZQIAAAAAAgAAZ3JpZAAAAADYaXBycAAAALZp"
                    + "cGNvAAAAdmh2Y0MBA3AAAAAAAAAAAAAe8AD8/fj4AAAPAyAAAQAYQAEMAf//A3AAAAMAkAAAAwAAAwAeugJAIQABACpCAQEDcAAAAwCQAAADAAADAB6g"
                    + "IIEFlurkprm4EBAwIAAAAwAgAAADACEiAAEABkQBwXPAiQAAABRpc3BlAAAAAAAAAEAAAABAAAAAFGlzcGUAAAAAAAAAQAAAADAAAAAQcGl4aQAAAAAD"
                    + "CAgIAAAAGmlwbWEAAAAAAAAAAgABAoECAAICA4QAAAAaaXJlZgAAAAAAAAAOZGltZwACAAEAAQAAAHxtZGF0AAAAcCgBrxOA9UU941XBs/sF0d8lgisB"
                    + "OPa7Bubt2PhZt8Vr4zpmuCRnwNdP/knXIXjezppjwV0vF1oGjrLec+aF1yygn+H0dfjXdpRVT+evtivAGhyBHzHjaR1r/M2ZszdpeYe0RvwhGFmZ4C8a"
                    + "OeDSH0A=";

    @BeforeEach
    void backUpHeics() throws Exception {
        Path card = Files.createDirectories(home.resolve("card"));
        byte[] heic = Base64.getDecoder().decode(HEIC);
        Files.write(card.resolve("2022-05-01 10.00.00.HEIC"), heic);
        Files.writeString(card.resolve("2022-05-01 10.00.00.HEIC.xmp"), "<x:xmpmeta/>");
        byte[] other = heic.clone();
        other[other.length - 1] ^= 1;
        Files.write(card.resolve("2022-05-01 11.00.00.heic"), other);
        Files.write(card.resolve("2022-05-01 11.00.00.JPG"), Pictures.jpeg("beside"));
        assertEquals(0, shell.shoebox("backup", "--from", card, backup), shell::err);
    }

    @Test
    void jpegsTakeThePlaceOfHeicsInTheExportAndNowhereElse() throws Exception {
        Programs.require("heif-convert");
        Files.move(
                backup.resolve("2022/05/2022-05-01 11.00.00-f1e4c6df.JPG"),
                backup.resolve("2022/05/2022-05-01 11.00.00.JPG"));
        assertEquals(0, shell.shoebox("reconcile", backup), shell::err);
        Map<String, byte[]> before = stored();
        Path folder = out.resolve("jpegs");

        assertEquals(0, export("--as-jpeg", "-o", folder, "--taken", "2022"), shell::err);

        assertEquals(
                Set.of(
                        "2022/05/2022-05-01 10.00.00.jpg",
                        "2022/05/2022-05-01 10.00.00.jpg.xmp",
                        "2022/05/2022-05-01 11.00.00.heic.jpg",
                        "2022/05/2022-05-01 11.00.00.JPG",
                        "SHA256SUMS"),
                files(folder).keySet());
        byte[] jpeg = Files.readAllBytes(folder.resolve("2022/05/2022-05-01 10.00.00.jpg"));
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(jpeg));
        assertEquals(64, picture.getWidth());
        assertEquals(48, picture.getHeight());
        assertEquals(2, summary().get("converted"));
        run(folder, "sha256sum", "-c", "--strict", "--quiet", "SHA256SUMS");
        assertEquals(before.keySet(), stored().keySet());
    }

    private Path program(String name, String script) throws IOException {
        Path program = Files.createDirectories(home.resolve("bin")).resolve(name);
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        assertTrue(program.toFile().setExecutable(true));
        return program.getParent();
    }

    @Test
    void aPhotoThatCannotBeConvertedIsNamedAndComesAsItIs() throws Exception {
        Path picture = Files.write(home.resolve("picture"), Pictures.jpeg("made"));
        for (String script : List.of(
                "exit 1",
                "echo no picture > $4",
                "ln -s " + picture + " $4",
                "head -c 30 " + picture + " > $4",
                "cp " + picture + " out-1.jpg; cp " + picture + " out-2.jpg")) {
            shell.environment.put("PATH", program("heif-convert", script).toString());
            Path folder = out.resolve("jpegs" + script.length());

            assertEquals(3, export("--as-jpeg", "-o", folder, "--taken", "2022"), script);

            assertEquals(2, shell.events("not-converted").size(), script);
            assertEquals(2, summary().get("unconverted"));
            assertArrayEquals(
                    Base64.getDecoder().decode(HEIC),
                    Files.readAllBytes(folder.resolve("2022/05/2022-05-01 10.00.00.HEIC")));
            assertTrue(Files.exists(folder.resolve("2022/05/2022-05-01 10.00.00.HEIC.xmp")));
        }
    }

    @Test
    void aDamagedHeicIsNoJpeg() throws Exception {
        Programs.require("heif-convert");
        Path heic = backup.resolve("2022/05/2022-05-01 10.00.00.HEIC");
        byte[] bytes = Files.readAllBytes(heic);
        bytes[600 - 50] ^= 1;
        Files.write(heic, bytes);
        assertEquals(4, export("--as-jpeg", "-o", out.resolve("a.zip"), "--taken", "2022"));
        assertEquals(1, summary().get("damaged"));
        assertEquals(1, summary().get("converted"));
        assertEquals(0, summary().get("unconverted"));
    }

    @Test
    void withoutADecoderTheExportIsRefusedBeforehand() throws Exception {
        shell.environment.put("PATH", out.toString());
        assertEquals(2, export("--as-jpeg", "-o", out.resolve("a.zip")));
        assertTrue(shell.err().contains("libheif"), shell::err);
        assertEquals(Map.of(), files(out));
    }
}
