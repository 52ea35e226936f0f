package dev.shoebox.cli.terminal;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import static org.junit.jupiter.api.Assertions.assertEquals;

class InterruptHandlerTest {
    private final List<String> done = new ArrayList<>();
    private final AtomicReference<Runnable> ctrlC = new AtomicReference<>(() -> done.add("the system's own rule"));
    private final InterruptHandler interrupts = new InterruptHandler(ctrlC::set, () -> done.add("ended at once"));

    @Test
    void aCommandThatWantsNothingLeavesTheSystemsRules() {
        ctrlC.get().run();

        assertEquals(List.of("the system's own rule"), done);
    }

    @Test
    void theFirstAsksTheSecondEnds() {
        interrupts.onFirst(() -> done.add("asked to stop"));
        ctrlC.get().run();
        ctrlC.get().run();

        assertEquals(List.of("asked to stop", "ended at once"), done);
    }

    @Test
    void theMeaningOfTheFirstInterruptMayChange() {
        interrupts.onFirst(() -> done.add("nothing to stop yet"));
        interrupts.onFirst(() -> done.add("asked to stop"));
        ctrlC.get().run();

        assertEquals(List.of("asked to stop"), done);
    }
}
