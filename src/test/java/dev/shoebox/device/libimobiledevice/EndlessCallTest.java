package dev.shoebox.device.libimobiledevice;

import dev.shoebox.device.transport.Lockdown;
import dev.shoebox.device.transport.LockdownError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EndlessCallTest {
    @Test
    void aCallThatNeverComesBackIsNotWaitedForWithoutEnd() {
        var never = new CountDownLatch(1);
        Lockdown.Refused refused = assertThrows(
                Lockdown.Refused.class,
                () -> NativeLockdown.within(Duration.ofMillis(50), () -> {
                    try {
                        never.await();
                    } catch (InterruptedException stop) {
                        Thread.currentThread().interrupt();
                    }
                    return 0;
                }));

        assertEquals(LockdownError.NO_ANSWER, refused.error());
        never.countDown();
    }

    @Test
    void theAnswerOfOneThatDoesIsHandedOn() throws Exception {
        assertEquals(-17, NativeLockdown.within(Duration.ofSeconds(30), () -> -17));
    }
}
