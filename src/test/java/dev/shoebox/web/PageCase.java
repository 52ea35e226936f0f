package dev.shoebox.web;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import java.io.IOException;

/** The page over generated photos. */
abstract class PageCase extends ChromiumCase {
    SamplePage sample;

    @BeforeEach
    void serve() throws IOException {
        sample = new SamplePage();
    }

    @AfterEach
    void stop() {
        sample.close();
    }
}
