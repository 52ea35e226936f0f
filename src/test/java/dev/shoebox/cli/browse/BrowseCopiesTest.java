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
        try (BrowsedHere browse = new BrowsedHere(home, usb.address(), backup)) {
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

    @Test
    void savingIsNotSaidToFillACopyThatOnlyOneRunNamed() throws Exception {
        Shell shell = Shell.plain(home);
        Path card = shell.card("card", "IMG_1.JPG");
        Path backup = home.resolve("Kept");
        Path second = Files.createDirectory(home.resolve("second"));
        assertEquals(0, shell.shoebox("backup", "--from", card, backup, "--copy-to", second), shell.err());
        shell.card("card", "IMG_2.JPG");
        assertEquals(0, shell.shoebox("backup", "--from", card, backup), shell.err());
        try (BrowsedHere browse = new BrowsedHere(home, usb.address(), backup)) {
            Page page = chromium.open(browse.url());
            Locator behind = page.locator("#copies-list li.behind");
            behind.waitFor();
            String command = "shoebox backup --copy-to \"" + second + "\" \"" + backup + "\"";
            assertTrue(behind.innerText().contains(command), behind.innerText());
            page.context().close();
        }
    }

    /** One of them is absent, and one cannot be filled: neither keeps the photos from being saved. */
    @Test
    void savingFillsSecondCopies() throws Exception {
        Path card = Shell.plain(home).card("card", "IMG_1.JPG", "IMG_2.JPG");
        Path second = Files.createDirectory(home.resolve("second"));
        Path letters = Files.createDirectory(home.resolve("letters"));
        Files.writeString(letters.resolve("letter.txt"), "Dear Ada");
        Path backup = Files.createDirectory(home.resolve("Kept"));
        Files.writeString(
                Files.createDirectories(home.resolve(".config/shoebox")).resolve("config.toml"),
                "copy-to = [\"" + letters + "\", \"" + second + "\", \"" + home.resolve("away") + "\", \"" + backup
                        + "\"]\n");
        try (BrowsedHere browse = new BrowsedHere(home, usb.address(), "--from", card, backup)) {
            Page page = chromium.open(browse.url());
            page.locator(".tile").first().waitFor();
            page.locator("#band-actions button.main").click();
            waitFor(page, "done");
            assertEquals(2, stored(backup).size());
            assertEquals(stored(backup), stored(second));
            page.locator("#copies-list li.complete").waitFor();
            page.locator("#copies-list li.other-files").waitFor();
            page.locator("#copies-list li.away").waitFor();
            assertEquals(3, page.locator("#copies-list li").count(), "the backup is no copy of itself");
            page.context().close();
        }
    }
}
