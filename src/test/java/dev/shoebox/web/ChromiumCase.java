package dev.shoebox.web;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Tests in Chromium, in which nothing on the page may fail. */
public abstract class ChromiumCase {
    protected static Chromium chromium;

    @BeforeAll
    static void startBrowser() {
        chromium = new Chromium();
    }

    @AfterAll
    static void stopBrowser() {
        chromium.close();
    }

    @AfterEach
    void requireThatNothingFailed() {
        assertEquals(List.of(), chromium.complaints());
    }
}
