package dev.shoebox.cli.browse;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.json.JsonObject;
import dev.shoebox.phonebackup.MadeBackup;
import dev.shoebox.simulator.Simulation;
import dev.shoebox.simulator.cloud.CloudSituation;
import dev.shoebox.simulator.library.GeneratedLibrary;
import dev.shoebox.simulator.library.Libraries;
import dev.shoebox.simulator.library.SimulatedLibrary;
import dev.shoebox.simulator.phone.PhoneSettings;
import dev.shoebox.simulator.phone.SimulatedPhone;
import dev.shoebox.web.page.Words;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import javax.imageio.ImageIO;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** From the first look to "saved" in Chromium, over the real libimobiledevice and over the Java transport. */
class BrowseTest extends BrowseCase {
    @ParameterizedTest
    @ValueSource(strings = {"native", "java"})
    void fromTheFirstVisitToSaved(String transport) throws Exception {
        SimulatedLibrary library = Libraries.generated(GeneratedLibrary.ofEverything(4));
        Set<String> photos = plug(PhoneSettings.of(library));
        try (Browsed browse = new Browsed(home, usb.address(), "--transport", transport)) {
            Page page = chromium.open(browse.url());
            page.locator(".tile").first().waitFor();
            Locator save = page.locator("#band-actions button.main");
            save.waitFor();
            assertTrue(save.textContent().contains("Save all"), save::textContent);
            save.click();
            chooseNewFolder(page, "My iPhone");
            waitFor(page, "done");
            Path backup = home.resolve("My iPhone");
            assertTrue(page.locator("#sentence").textContent().contains(backup.toString()));
            assertTrue(stored(backup).containsAll(photos));
            // The tiles of safe photos say so, and nothing is left to save.
            page.locator(".tile .sign.backed-up").first().waitFor();
            page.locator("[data-act='back']").click();
            waitFor(page, "rest");
            assertEquals(0, page.locator("#band-actions button").count());
            assertEquals(0, browse.interrupted());
            assertEquals("", browse.rest());
            page.context().close();
        }
    }

    @Test
    void withTheKeyboardAlone() throws Exception {
        plug(Libraries.generated(GeneratedLibrary.photos(40, 30_000)));
        try (BrowsedHere browse = new BrowsedHere(home, usb.address())) {
            Page page = chromium.open(browse.url());
            page.locator("#band-actions button.main").waitFor();
            page.locator("body[data-state='rest']").waitFor();
            // On the wall of photos, arrow keys move, Space ticks, and Shift ticks all photos between.
            press(page, "Tab", ".tile:focus");
            page.keyboard().press("ArrowRight");
            page.keyboard().press("Space");
            page.keyboard().press("Shift+ArrowRight");
            page.keyboard().press("Shift+ArrowRight");
            assertTrue(page.locator("#bar-count").textContent().startsWith("3 "), () -> page.locator("#bar-count")
                    .textContent());
            page.keyboard().press("Enter");
            page.locator("#viewer[open]").waitFor();
            page.keyboard().press("ArrowRight");
            page.keyboard().press("Space");
            page.keyboard().press("Escape");
            assertEquals(0, page.locator("#viewer[open]").count());
            assertTrue(page.locator("#bar-count").textContent().startsWith("4 "));
            press(page, "Tab", "#bar-save:focus");
            page.keyboard().press("Enter");
            page.locator("#targets[open]").waitFor();
            press(page, "Tab", ".new-folder input:focus");
            page.keyboard().press("Control+A");
            page.keyboard().type("Keys");
            page.keyboard().press("Enter");
            waitFor(page, "done");
            assertEquals(4, stored(home.resolve("Keys")).size());
            page.context().close();
        }
    }

    @Test
    void aPulledCableAndALockedPhoneAreReportedAndTheRunContinues() throws Exception {
        Set<String> photos = plug(Libraries.generated(GeneratedLibrary.photos(24, 400_000)));
        Path backup = home.resolve("Pulled");
        try (BrowsedHere browse = new BrowsedHere(home, usb.address(), backup)) {
            Page page = chromium.open(browse.url());
            Locator save = page.locator("#band-actions button.main");
            save.waitFor();
            page.locator("body[data-state='rest']").waitFor();
            phone.faults().unplugAfter(2_000_000);
            save.click();
            waitFor(page, "waiting-for-phone");
            assertTrue(page.locator("#sentence").textContent().contains("cable"));
            phone.faults().stallAfter(1_000_000);
            usb.plug(phone);
            waitFor(page, "copying");
            phone.faults().lock();
            usb.plug(phone);
            waitFor(page, "waiting-for-phone");
            phone.faults().release();
            phone.faults().unlock();
            waitFor(page, "done");
            assertEquals(photos, stored(backup));
            page.context().close();
        }
    }

    @Test
    void aRunIsPausedContinuedAndFollowedInASecondTab() throws Exception {
        Set<String> photos = plug(Libraries.generated(GeneratedLibrary.photos(40, 500_000)));
        Path backup = home.resolve("Paused");
        try (BrowsedHere browse = new BrowsedHere(home, usb.address(), backup)) {
            Page page = chromium.open(browse.url());
            page.locator("#band-actions button.main").waitFor();
            page.locator("body[data-state='rest']").waitFor();
            phone.faults().stallAfter(3_000_000);
            page.locator("#band-actions button.main").click();
            waitFor(page, "copying");
            // The address works once; a second tab is let in by the first.
            Page second = page.context().newPage();
            second.navigate(browse.url().replaceAll("#.*", ""));
            waitFor(second, "copying");
            second.locator("[data-act='pause']").click();
            phone.faults().release();
            waitFor(page, "paused");
            assertTrue(Files.exists(backup.resolve("SHA256SUMS")));
            page.locator("[data-act='go.on']").click();
            waitFor(second, "done");
            assertEquals(photos, stored(backup));
            page.context().close();
        }
    }

    @Test
    void theEncryptedBackupOfAPhoneIsShownAndSaved() throws Exception {
        MadeBackup made = new MadeBackup(home.resolve("MobileSync")).encryptedWith("a password of mine");
        made.photo("DCIM/100APPLE/IMG_0001.JPG", painted(640, 480, Color.ORANGE));
        Path backup = Files.createDirectory(home.resolve("Saved"));
        Path password = Files.writeString(home.resolve("password"), "a password of mine\n");
        try (BrowsedHere browse =
                new BrowsedHere(home, usb.address(), "--from", made.write(), "--password-file", password, backup)) {
            Page page = chromium.open(browse.url());
            page.locator(".tile.seen").waitFor();
            page.locator("#band-actions button.main").click();
            waitFor(page, "done");
            assertEquals(1, stored(backup).size());
            page.context().close();
        }
    }

    @Test
    void aUsedAddressSaysSoAndShowsNothing() throws Exception {
        plug(Libraries.generated(GeneratedLibrary.photos(3, 30_000)));
        try (BrowsedHere browse = new BrowsedHere(home, usb.address())) {
            Page page = chromium.open(browse.url());
            page.locator(".tile").first().waitFor();
            assertEquals(browse.url().replaceAll("#.*", ""), page.url());
            Page stranger = chromium.open(browse.url());
            stranger.locator("body.closed").waitFor();
            assertEquals(0, stranger.locator(".tile").count());
            page.context().close();
            stranger.context().close();
        }
    }

    @Test
    void withoutAPhoneTheBackupIsShownAndThePhoneIsAskedFor() throws Exception {
        plug(Libraries.generated(GeneratedLibrary.photos(5, 30_000)));
        Path backup = home.resolve("Kept");
        try (BrowsedHere browse = new BrowsedHere(home, usb.address(), backup)) {
            Page page = chromium.open(browse.url());
            page.locator("body[data-state='rest']").waitFor();
            page.locator("#band-actions button.main").click();
            waitFor(page, "done");
            page.locator("[data-act='back']").click();
            usb.unplug(phone);
            waitFor(page, "no-phone");
            page.locator(".tile .sign.backed-up").first().waitFor();
            assertEquals(5, page.locator(".tile").count());
            page.context().close();
        }
    }

    /** What the page cannot get while the phone is busy is announced for later, and arrives. */
    @Test
    void aFilmRequestedDuringARunComesAfterIt() throws Exception {
        Path film =
                Files.createDirectories(folder.resolve("media/DCIM/100APPLE")).resolve("IMG_0001.MOV");
        Files.write(film, new byte[3_000_000]);
        phone = new SimulatedPhone(
                PhoneSettings.of(Libraries.folder(folder.resolve("media"))).withPaired(true));
        usb.plug(phone);
        Path backup = home.resolve("Films");
        try (BrowsedHere browse = new BrowsedHere(home, usb.address(), backup)) {
            Page page = chromium.open(browse.url());
            page.locator("body[data-state='rest']").waitFor();
            phone.faults().stallAfter(1_000_000);
            page.locator("#band-actions button.main").click();
            waitFor(page, "copying");
            page.locator(".tile").first().click();
            page.locator("#viewer .viewer-note").waitFor();
            String answer = (String) page.evaluate("fetch('/i/' + JSON.parse(sessionStorage.shoebox).pictures"
                    + " + '/films/0').then(it => it.status + ' ' + (it.headers.get('Retry-After') > 0))");
            assertEquals("503 true", answer);
            assertEquals(
                    new Words(Locale.ENGLISH).say("refused.resting", Map.of(), "en"),
                    page.locator("#viewer .viewer-note").textContent());
            phone.faults().release();
            // After the run, the page requests the film again by itself.
            page.waitForResponse(each -> each.url().endsWith("/films/0") && each.status() < 300, () -> {});
            page.context().close();
        }
    }

    /** As if a later version had written to it: its photos must not appear as not backed up. */
    @Test
    void anUnreadableBackupIsReportedWithItsReasonAndAdvice() throws Exception {
        plug(Libraries.generated(GeneratedLibrary.photos(3, 30_000)));
        Path backup = home.resolve("Later");
        Destination.open(backup, OpenMode.CREATE_IF_EMPTY, InstantSource.system(), line -> {})
                .close();
        Path id = backup.resolve(".shoebox/id");
        String ours = Files.readString(id);
        try (BrowsedHere browse = new BrowsedHere(home, usb.address(), backup)) {
            Page page = chromium.open(browse.url());
            page.locator("[data-act^='save.']").waitFor();
            Files.writeString(id, ours.replaceFirst("\"format\":\\d+", "\"format\":99"));
            usb.unplug(phone);
            waitFor(page, "backup-trouble");
            assertEquals(0, page.locator("[data-act^='save.']").count());
            assertFalse(page.locator("#detail").textContent().isBlank());
            // Once the backup can be read, the page reads it.
            Files.writeString(id, ours);
            page.locator("[data-act='look.again']").click();
            waitFor(page, "no-phone");
            page.context().close();
        }
    }

    @Test
    void programsGetTheAddressAsJson() throws Exception {
        try (Browsed browse = new Browsed(home, usb.address(), "--json")) {
            JsonObject event = JsonObject.parse(browse.url());
            assertEquals("page", event.text("event"));
            assertTrue(event.text("url").startsWith("http://127.0.0.1:"));
            assertEquals(0, browse.interrupted());
            assertEquals("", browse.rest());
        }
    }

    private static byte[] painted(int width, int height, Color color) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        canvas.setColor(color);
        canvas.fillRect(0, 0, width, height);
        canvas.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", bytes);
        return bytes.toByteArray();
    }

    /** A phone with originals that no browser shows, and thumbnails of the format with this number. */
    private Path phoneWithThumbnails(int format) throws IOException {
        Path media = Files.createDirectories(folder.resolve("media"));
        for (String name : List.of("IMG_0001.HEIC", "IMG_0002.MOV", "IMG_0003.DNG")) {
            Path original = media.resolve("DCIM/100APPLE").resolve(name);
            Files.createDirectories(original.getParent());
            Files.writeString(original, name + " is no picture at all");
            Path thumbnail = media.resolve("PhotoData/Thumbnails/V2/DCIM/100APPLE")
                    .resolve(name)
                    .resolve(format + ".JPG");
            Files.createDirectories(thumbnail.getParent());
            Files.write(thumbnail, painted(120, 90, Color.ORANGE));
        }
        return media;
    }

    private void assertThumbnailsAreSeen(Path media) throws Exception {
        phone = new SimulatedPhone(PhoneSettings.of(Libraries.folder(media)).withPaired(true));
        usb.plug(phone);
        try (BrowsedHere browse = new BrowsedHere(home, usb.address())) {
            Page page = chromium.open(browse.url());
            // The page may redraw its tiles meanwhile.
            PlaywrightAssertions.assertThat(page.locator(".tile.seen")).hasCount(3);
            page.context().close();
        }
    }

    @Test
    void thePhonesOwnThumbnailsAreShownInTheFormatThatItsConfigurationNames() throws Exception {
        Path media = phoneWithThumbnails(7777);
        Files.writeString(media.resolve("PhotoData/Thumbnails/thumbnailConfiguration"), """
                <?xml version="1.0" encoding="UTF-8"?>
                <plist version="1.0"><dict>
                <key>PLThumbnailManagerThumbnailFormatKey</key><integer>7777</integer>
                </dict></plist>
                """);
        assertThumbnailsAreSeen(media);
    }

    @Test
    void withoutAConfigurationTheFormatIsFoundByLooking() throws Exception {
        Path media = phoneWithThumbnails(5003);
        Files.writeString(media.resolve("PhotoData/Thumbnails/thumbnailConfiguration"), "no property list");
        assertThumbnailsAreSeen(media);
    }

    /** Originals that no browser shows appear in the backup with the phone's thumbnails, without the phone. */
    @Test
    void aBackupOfFilmsAndHeicsIsSeenByTheThumbnailsThatWereKept() throws Exception {
        Path media = phoneWithThumbnails(5005);
        phone = new SimulatedPhone(PhoneSettings.of(Libraries.folder(media)).withPaired(true));
        usb.plug(phone);
        Path backup = home.resolve("Kept");
        try (BrowsedHere browse = new BrowsedHere(home, usb.address(), backup)) {
            Page page = chromium.open(browse.url());
            page.locator(".tile.seen").nth(2).waitFor();
            page.locator("#band-actions button.main").click();
            page.locator("body[data-state='done'], body[data-state='incomplete']")
                    .waitFor();
            page.context().close();
        }
        usb.unplug(phone);
        try (BrowsedHere browse = new BrowsedHere(home, usb.address(), backup)) {
            Page page = chromium.open(browse.url());
            waitFor(page, "no-phone");
            PlaywrightAssertions.assertThat(page.locator(".tile.seen")).hasCount(3);
            page.context().close();
        }
    }

    /** Whatever a phone has in place of a thumbnail: the server sends only what a browser recognises as a picture. */
    @Test
    void aThumbnailThatIsNoPictureIsNotSent() throws Exception {
        Path media = phoneWithThumbnails(5005);
        Path first = media.resolve("PhotoData/Thumbnails/V2/DCIM/100APPLE/IMG_0001.HEIC/5005.JPG");
        Files.writeString(first, "<html><script>window.hacked = 1</script>");
        phone = new SimulatedPhone(PhoneSettings.of(Libraries.folder(media)).withPaired(true));
        usb.plug(phone);
        try (BrowsedHere browse = new BrowsedHere(home, usb.address())) {
            Page page = chromium.open(browse.url());
            // The page may redraw its tiles meanwhile.
            PlaywrightAssertions.assertThat(page.locator(".tile.seen")).hasCount(2);
            page.context().close();
        }
    }

    /**
     * The picture of README.md, with the photos of {@code scripts/demo}; {@code -Dshoebox.pictures=docs/images} writes
     * it into docs.
     */
    @Test
    void thePageOfTheDemoIsWorthAPicture() throws Exception {
        CloudSituation full = CloudSituation.named("icloud-full").orElseThrow();
        try (Simulation simulation = Simulation.start(Simulation.Options.usual(), full);
                BrowsedHere browse = new BrowsedHere(home, simulation.address(), home.resolve("Photos"))) {
            Page page = chromium.open(browse.url());
            page.setViewportSize(940, 660);
            page.locator("body[data-state='rest']").waitFor();
            page.locator("#icloud").waitFor();
            page.locator(".tile.seen").nth(5).waitFor(new Locator.WaitForOptions().setTimeout(60_000));
            byte[] picture = page.screenshot();
            assertTrue(picture.length < 300_000, () -> picture.length + " bytes");
            String pictures = System.getProperty("shoebox.pictures", "");
            if (!pictures.isEmpty()) {
                Files.createDirectories(Path.of(pictures));
                Files.write(Path.of(pictures, "browse.png"), picture);
            }
            page.context().close();
        }
    }
}
