package dev.shoebox.cli;

import dev.shoebox.device.usbmux.MuxAddress;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertEquals;

class ClassArchiveTrainingTest {
    /** The transport in Java goes by what the command is given, and the usual address is that of the person's own iPhone. */
    @Test
    void aRehearsalFindsItsOwnPhoneAlone() {
        var training = new ClassArchiveTraining("UNIX:/tmp/phone", Path.of("/tmp/scratch"));

        assertEquals("UNIX:/tmp/phone", MuxAddress.of(training.environment()).text());
    }
}
