package dev.shoebox.cli;

import dev.shoebox.device.usbmux.MuxAddress;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertEquals;

class ClassArchiveTrainingTest {
    /** The Java transport uses the address that it is given; the default is where the user's own iPhone is. */
    @Test
    void aRehearsalFindsItsOwnPhoneAlone() {
        var training = new ClassArchiveTraining("UNIX:/tmp/phone", Path.of("/tmp/scratch"));

        assertEquals("UNIX:/tmp/phone", MuxAddress.of(training.environment()).text());
    }
}
