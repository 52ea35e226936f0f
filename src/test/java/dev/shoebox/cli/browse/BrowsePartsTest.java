package dev.shoebox.cli.browse;

import com.microsoft.playwright.Page;
import dev.shoebox.cli.Pictures;
import dev.shoebox.cli.Shell;
import dev.shoebox.destination.parts.InParts;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** A film that lies in parts is one film on the page, and plays across their ends. */
class BrowsePartsTest extends BrowseCase {
    private static final int PART_BYTES = 40;

    private static String fetched(Page page, String header) {
        return (String)
                page.evaluate("fetch('/i/' + JSON.parse(sessionStorage.shoebox).pictures + '/films/0', {headers: {"
                        + header + "}}).then(it => it.arrayBuffer().then(all => it.status + ' '"
                        + " + Array.from(new Uint8Array(all)).join(' ')))");
    }

    private static String bytes(int status, byte[] bytes, int from, int to) {
        StringBuilder all = new StringBuilder().append(status);
        for (byte each : Arrays.copyOfRange(bytes, from, to)) {
            all.append(' ').append(each & 0xff);
        }
        return all.toString();
    }

    @Test
    void itIsSentAsOneFileAndFromAnyPlaceOn() throws Exception {
        Path card = Files.createDirectories(home.resolve("card/DCIM/100APPLE"));
        byte[] film = Pictures.film("a film that is too large for one file: " + "and on ".repeat(20));
        Files.write(card.resolve("IMG_0001.MOV"), film);
        Path backup = home.resolve("Backup");
        Shell.Ended made = Shell.once(home, "backup", "--from", home.resolve("card"), backup);
        assertEquals(0, made.code(), made.words());
        try (Stream<Path> all = Files.walk(backup)) {
            Path whole = all.filter(file -> file.toString().endsWith(".MOV"))
                    .findFirst()
                    .orElseThrow();
            InParts.split(backup, backup.relativize(whole).toString(), PART_BYTES);
        }
        try (BrowsedHere browse = new BrowsedHere(home, usb.address(), backup)) {
            Page page = chromium.open(browse.url());
            page.locator(".tile").first().waitFor();
            assertEquals(1, page.locator(".tile").count());
            assertEquals(bytes(200, film, 0, film.length), fetched(page, ""));
            int from = PART_BYTES - 5;
            assertEquals(
                    bytes(206, film, from, from + PART_BYTES),
                    fetched(page, "Range: 'bytes=" + from + "-" + (from + PART_BYTES - 1) + "'"));
            page.context().close();
        }
    }
}
