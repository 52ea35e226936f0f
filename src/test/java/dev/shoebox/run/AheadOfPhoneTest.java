package dev.shoebox.run;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** Preparations while a run waits for a phone that may never come. */
class AheadOfPhoneTest {
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aRunThatEndsEarlyDoesNotWaitForThem() throws InterruptedException {
        Thread ahead = AheadOfPhone.begin(true);
        assertTrue(ahead.isDaemon());
        ahead.join();
    }
}
