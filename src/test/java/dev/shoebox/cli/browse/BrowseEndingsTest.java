package dev.shoebox.cli.browse;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.shoebox.cli.Volume;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.simulator.library.GeneratedLibrary;
import dev.shoebox.simulator.library.Libraries;
import dev.shoebox.simulator.phone.PhoneSettings;
import dev.shoebox.simulator.phone.SimulatedPhone;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** However a save ends, the page says how, nothing is lost, and saved files have the phone's own bytes. */
class BrowseEndingsTest extends BrowseCase {
    private static final int BYTES = 400_000;

    private Set<String> plugPhotos(int count) throws Exception {
        return plug(Libraries.generated(GeneratedLibrary.photos(count, BYTES)));
    }

    /** The page, ready to save. */
    private static Page ready(String url) {
        Page page = chromium.open(url);
        page.locator("body[data-state='rest']").waitFor();
        page.locator("#band-actions button.main").waitFor();
        return page;
    }

    private static void assertSays(Page page) {
        assertFalse(page.locator("#sentence").textContent().isBlank());
        assertFalse(page.locator("#detail").textContent().isBlank());
    }

    @Test
    void aDiskThatFillsUpIsReportedAndTheRestFollowsOnceThereIsRoom() throws Exception {
        Set<String> photos = plugPhotos(20);
        try (Volume disk = Volume.of(Volume.Kind.TMPFS, folder);
                BrowsedHere browse =
                        new BrowsedHere(home, usb.address(), disk.mountPoint().resolve("Backup"))) {
            Path backup = disk.mountPoint().resolve("Backup");
            Page page = ready(browse.url());
            phone.faults().stallAfter(5L * BYTES);
            page.locator("#band-actions button.main").click();
            waitFor(page, "copying");
            disk.fillBut(BYTES / 2);
            phone.faults().release();
            waitFor(page, "full");
            assertSays(page);
            assertTrue(photos.containsAll(stored(backup)));
            Files.delete(disk.mountPoint().resolve("filler"));
            page.locator("[data-act='go.on']").click();
            waitFor(page, "done");
            assertEquals(photos, stored(backup));
            page.context().close();
        }
    }

    @Test
    void aDriveThatDisappearsIsReportedAndTheRestFollowsOnceItIsBack() throws Exception {
        Set<String> photos = plugPhotos(20);
        try (Volume drive = Volume.of(Volume.Kind.EXT4, folder);
                BrowsedHere browse =
                        new BrowsedHere(home, usb.address(), drive.mountPoint().resolve("Backup"))) {
            Path backup = drive.mountPoint().resolve("Backup");
            Page page = ready(browse.url());
            phone.faults().stallAfter(5L * BYTES);
            page.locator("#band-actions button.main").click();
            waitFor(page, "copying");
            drive.detach();
            phone.faults().release();
            waitFor(page, "drive-lost");
            assertSays(page);
            // Nothing was written while the drive was absent.
            assertEquals(0, drive.mountPoint().toFile().list().length);
            page.locator("[data-act='go.on']").click();
            page.locator(".note").waitFor();
            assertEquals(0, drive.mountPoint().toFile().list().length);
            waitFor(page, "drive-lost");
            drive.mount();
            assertTrue(photos.containsAll(stored(backup)));
            page.locator("[data-act='go.on']").click();
            waitFor(page, "done");
            assertEquals(photos, stored(backup));
            page.context().close();
        }
    }

    @Test
    void aBackupThatAnotherRunWritesIsWatchedUntilThatEnds() throws Exception {
        Set<String> photos = plugPhotos(3);
        Path backup = home.resolve("Shared");
        try (BrowsedHere browse = new BrowsedHere(home, usb.address(), backup)) {
            Page page = ready(browse.url());
            try (Destination other =
                    Destination.open(backup, OpenMode.CREATE_IF_EMPTY, InstantSource.system(), line -> {})) {
                page.locator("#band-actions button.main").click();
                waitFor(page, "in-use");
                assertSays(page);
                assertTrue(other.id().isPresent());
            }
            waitFor(page, "rest");
            page.locator("#band-actions button.main").click();
            waitFor(page, "done");
            assertEquals(photos, stored(backup));
            page.context().close();
        }
    }

    @Test
    void withTheKeyboardAloneFromPlugInToSaved() throws Exception {
        try (BrowsedHere browse = new BrowsedHere(home, usb.address())) {
            Page page = chromium.open(browse.url());
            waitFor(page, "no-phone");
            assertSays(page);
            Set<String> photos = plugPhotos(6);
            page.locator("#band-actions button.main").waitFor();
            waitFor(page, "rest");
            press(page, "Tab", "#band-actions button.main:focus");
            page.keyboard().press("Enter");
            page.locator("#targets[open]").waitFor();
            press(page, "Tab", ".new-folder input:focus");
            page.keyboard().press("Control+A");
            page.keyboard().type("By keys");
            page.keyboard().press("Enter");
            waitFor(page, "done");
            assertSays(page);
            assertEquals(photos, stored(home.resolve("By keys")));
            press(page, "Tab", "[data-act='back']:focus");
            page.keyboard().press("Enter");
            waitFor(page, "rest");
            page.context().close();
        }
    }

    @Test
    void withTheMouseAloneFromPlugInToSaved() throws Exception {
        try (BrowsedHere browse = new BrowsedHere(home, usb.address())) {
            Page page = chromium.open(browse.url());
            waitFor(page, "no-phone");
            Set<String> photos = plugPhotos(6);
            page.locator("#band-actions button.main").waitFor();
            waitFor(page, "rest");
            page.locator("#band-actions button.main").click();
            page.locator(".new-folder button").last().click();
            waitFor(page, "done");
            assertEquals(photos, stored(home.resolve("iPhone")));
            page.locator("[data-act='back']").click();
            waitFor(page, "rest");
            page.context().close();
        }
    }

    @Test
    void theReportOfARunIsAPageInATabOfItsOwn() throws Exception {
        plugPhotos(3);
        try (BrowsedHere browse = new BrowsedHere(home, usb.address(), home.resolve("Told"))) {
            Page page = ready(browse.url());
            page.locator("#band-actions button.main").click();
            waitFor(page, "done");
            Page report =
                    page.waitForPopup(() -> page.locator("[data-act='report']").click());
            Locator figures = report.locator(".figures");
            figures.waitFor();
            assertTrue(figures.textContent().contains("3"), figures::textContent);
            // Besides the page's own style, only this style sheet is allowed.
            assertEquals("flex", report.evaluate("getComputedStyle(document.querySelector('.figures')).display"));
            page.context().close();
        }
    }

    @Test
    void oneClickSchedulesAWeeklyBackupEvenIfNothingIsConfigured() throws Exception {
        Path programs = Files.createDirectories(folder.resolve("bin"));
        Path calls = folder.resolve("calls");
        Path systemctl = programs.resolve("systemctl");
        Files.writeString(systemctl, "#!/bin/sh\necho \"$*\" >>" + calls + "\n");
        assertTrue(systemctl.toFile().setExecutable(true));
        plugPhotos(3);
        Path backup = home.resolve("Weekly");
        try (Browsed browse = new Browsed(Map.of("PATH", programs + ":/usr/bin:/bin"), home, usb.address(), backup)) {
            Page page = ready(browse.url());
            page.locator("#band-actions button.main").click();
            waitFor(page, "done");
            page.locator("[data-act='weekly']").click();
            String said = page.locator(".note").textContent();
            assertTrue(Files.exists(home.resolve(".config/shoebox/config.toml")), said);
            PlaywrightAssertions.assertThat(page.locator("[data-act='weekly']")).hasCount(0);
            String configuration = Files.readString(home.resolve(".config/shoebox/config.toml"));
            assertTrue(configuration.contains(backup.toString()), configuration);
            assertTrue(configuration.contains("weekly"), configuration);
            assertTrue(Files.readString(calls).contains("enable"), () -> page.locator("#live")
                    .textContent());
            page.context().close();
        }
    }

    /** Two phones name their photos alike: the page shows and saves those of the phone that it names. */
    @Test
    void ofTwoIPhonesTheDisplayedOneIsSaved() throws Exception {
        Set<String> ofAnna = plug(Libraries.generated(GeneratedLibrary.photos(3, 30_000)));
        SimulatedPhone anna = phone;
        Path backup = home.resolve("Two");
        try (BrowsedHere browse = new BrowsedHere(home, usb.address(), backup)) {
            Page page = chromium.open(browse.url());
            waitFor(page, "rest");
            SimulatedPhone ben =
                    new SimulatedPhone(PhoneSettings.of(Libraries.generated(GeneratedLibrary.photos(3, 40_000)))
                            .withPaired(true)
                            .withUdid("00008110-000000000000beef")
                            .withName("Ben"));
            usb.plug(ben);
            page.locator("#band-actions button.main").click();
            waitFor(page, "done");
            assertEquals(ofAnna, stored(backup));
            page.locator("[data-act='back']").click();
            usb.unplug(anna);
            page.locator("#phone-name").getByText("Ben").waitFor();
            PlaywrightAssertions.assertThat(page.locator("[data-act^='save.']")).containsText("3");
            // Three photos of Anna's in the backup, and three of Ben's.
            PlaywrightAssertions.assertThat(page.locator(".tile")).hasCount(6);
            page.context().close();
        }
    }
}
