package dev.shoebox.cli.browse;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.shoebox.cli.Shell;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The page of a backup whose second copies are configured. */
class BrowseCopiesTest extends BrowseCase {
    @Test
    void thePageShowsWhatEachSecondCopyLacks() throws Exception {
        Shell shell = Shell.plain(home);
        Path card = shell.card("card", "IMG_1.JPG", "IMG_2.JPG");
        Path backup = home.resolve("Kept");
        Path second = Files.createDirectory(home.resolve("second"));
        Path third = Files.createDirectory(home.resolve("third"));
        Files.writeString(
                Files.createDirectories(home.resolve(".config/shoebox")).resolve("config.toml"),
                "copy-to = [\"" + second + "\", \"" + third + "\"]\n");
        assertEquals(0, shell.shoebox("backup", "--from", card, backup), shell.err());
        Shell.plain(home).card("card", "IMG_3.JPG");
        Files.move(third, home.resolve("unplugged"));
        Files.move(second, home.resolve("set aside"));
        assertEquals(0, shell.shoebox("backup", "--from", card, backup), shell.err());
        Files.move(home.resolve("set aside"), second);
        try (Browsed browse = new Browsed(home, usb.address(), backup)) {
            Page page = chromium.open(browse.url());
            Locator behind = page.locator("#copies-list li.behind");
            behind.waitFor();
            assertTrue(behind.innerText().contains(second.toString()), behind.innerText());
            assertTrue(behind.innerText().contains("1 photo"), behind.innerText());
            Locator away = page.locator("#copies-list li.away");
            away.waitFor();
            assertTrue(away.innerText().contains(third.toString()), away.innerText());

            assertEquals(0, shell.shoebox("backup", "--from", card, backup), shell.err());
            page.reload();
            page.locator("#copies-list li.complete").waitFor();
            page.context().close();
        }
    }
}
