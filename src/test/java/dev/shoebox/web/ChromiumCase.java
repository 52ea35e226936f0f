package dev.shoebox.web;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Tests in Chromium, in which nothing on the page may fail. */
public abstract class ChromiumCase {
    /** Of all classes in this process, at whose end Playwright's driver ends it. */
    protected static Chromium chromium;

    @BeforeAll
    static void startBrowser() {
        if (chromium == null) {
            chromium = new Chromium();
        }
    }

    @AfterEach
    void requireThatNothingFailed() {
        assertEquals(List.of(), chromium.endPages());
    }
}
