package dev.shoebox.run;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What is made ready while a phone is looked for, which may never come. */
class AheadOfPhoneTest {
    @TempDir
    private Path folder;

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void nothingIsLeftOnTheDisk() throws IOException, InterruptedException {
        Thread ahead = AheadOfPhone.begin(folder.resolve("backup"));
        assertTrue(ahead.isDaemon(), "a run that ends early waits for it");
        ahead.join();
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(0, left.count());
        }
    }
}
