package dev.shoebox.cli.browse;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import dev.shoebox.cli.Kept;
import dev.shoebox.simulator.library.SimulatedLibrary;
import dev.shoebox.simulator.phone.PhoneSettings;
import dev.shoebox.simulator.phone.SimulatedPhone;
import dev.shoebox.simulator.usb.SimulatedUsb;
import dev.shoebox.simulator.wire.LinkSpeed;
import dev.shoebox.web.ChromiumCase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Chromium as its user drives it, a simulated phone on a cable, and a home folder. */
abstract class BrowseCase extends ChromiumCase {
    @TempDir
    Path folder;

    SimulatedUsb usb;
    SimulatedPhone phone;
    Path home;

    @BeforeEach
    void plugIn() throws IOException {
        home = Files.createDirectories(folder.resolve("home"));
        usb = SimulatedUsb.start("UNIX:" + folder.resolve("mux"));
    }

    @AfterEach
    void unplug() {
        usb.close();
    }

    Set<String> plug(SimulatedLibrary library) throws IOException {
        return plug(library, LinkSpeed.unlimited());
    }

    Set<String> plug(SimulatedLibrary library, LinkSpeed link) throws IOException {
        return plug(PhoneSettings.of(library).withLink(link).withPaired(true));
    }

    /** Returns the SHA-256 of each photo. */
    Set<String> plug(PhoneSettings settings) throws IOException {
        phone = new SimulatedPhone(settings);
        usb.plug(phone);
        return settings.library().manifest().entrySet().stream()
                .filter(file -> file.getKey().startsWith("DCIM/"))
                .map(file -> file.getValue().sha256())
                .collect(Collectors.toSet());
    }

    static void waitFor(Page page, String state) {
        try {
            page.locator("body[data-state='" + state + "']").waitFor(new Locator.WaitForOptions().setTimeout(30_000));
        } catch (TimeoutError never) {
            throw new AssertionError(
                    "never " + state + ", but: " + page.locator("#band").innerText(), never);
        }
    }

    static void chooseNewFolder(Page page, String name) {
        Locator input = page.locator(".new-folder input").last();
        input.fill(name);
        input.press("Enter");
    }

    static Set<String> stored(Path backup) throws IOException {
        return new HashSet<>(Kept.in(backup).files().values());
    }

    /** Presses a key until an element has the focus. */
    static void press(Page page, String key, String until) {
        for (int i = 0; i < 60 && page.locator(until).count() == 0; i++) {
            page.keyboard().press(key);
        }
        assertEquals(1, page.locator(until).count(), until);
    }
}
