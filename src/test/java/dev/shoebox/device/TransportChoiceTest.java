package dev.shoebox.device;

import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.device.transport.Transport;
import dev.shoebox.device.usbmux.MuxTransport;
import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class TransportChoiceTest {
    private static Transport missing() throws DeviceException {
        Refusals.noLibrary();
        throw new AssertionError("there is one");
    }

    @Test
    void whereTheLibraryIsMissingJavaTakesItsPlaceAndTheReasonIsKept() throws DeviceException {
        TransportChoice.Taken taken = TransportChoice.AUTO.open(Map.of(), TransportChoiceTest::missing);

        assertInstanceOf(MuxTransport.class, taken.transport());
        assertTrue(taken.refused().orElseThrow().contains("libimobiledevice"));
    }

    @Test
    void whereItsNativeCodeDoesNotRunJavaTakesItsPlaceToo() throws DeviceException {
        TransportChoice.Taken taken = TransportChoice.AUTO.open(Map.of(), () -> {
            throw new UnsatisfiedLinkError("Error relocating libjnidispatch.so: __strdup: symbol not found");
        });

        assertInstanceOf(MuxTransport.class, taken.transport());
    }

    @Test
    void whoAsksForOneGetsNoOther() throws DeviceException {
        assertThrows(
                DeviceException.LibraryMissing.class,
                () -> TransportChoice.NATIVE.open(Map.of(), TransportChoiceTest::missing));
        TransportChoice.Taken java = TransportChoice.JAVA.open(Map.of(), TransportChoiceTest::missing);
        assertInstanceOf(MuxTransport.class, java.transport());
        assertEquals(Optional.empty(), java.refused());
    }

    @Test
    void isNamedAsPeopleWriteIt() {
        assertEquals(Optional.of(TransportChoice.JAVA), TransportChoice.named("java"));
        assertEquals(Optional.empty(), TransportChoice.named("JAVA"));
    }
}
