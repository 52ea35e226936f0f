package dev.shoebox.backup.transfer;

import dev.shoebox.backup.event.StopSignal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RateLimiterTest {
    @Test
    void aStopEndsAPauseAtOnce() throws InterruptedException {
        StopSignal stop = new StopSignal();
        RateLimiter limiter = new RateLimiter(1, stop);
        Thread copying = new Thread(() -> limiter.taken(1_000_000));
        copying.setDaemon(true);
        copying.start();
        while (copying.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        stop.ask();
        copying.join();
    }

    @Test
    void withoutALimitNothingPauses() {
        RateLimiter limiter = new RateLimiter(RateLimiter.UNLIMITED, new StopSignal());
        for (int count = 0; count < 1000; count++) {
            limiter.taken(Integer.MAX_VALUE);
        }
    }
}
