package dev.shoebox.simulator;

import dev.shoebox.simulator.phone.SimulatedPhone;
import dev.shoebox.simulator.usb.SimulatedUsb;
import dev.shoebox.simulator.wire.LinkSpeed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SimulationTest {
    @TempDir
    private Path folder;

    private Simulation.Options options(Optional<Path> library, OptionalInt photos, String address) {
        return new Simulation.Options(
                new Simulation.Media(library, photos, 5000),
                address,
                "Test",
                LinkSpeed.unlimited(),
                true,
                new Simulation.Unplug(OptionalLong.empty(), Duration.ZERO));
    }

    @Test
    void itServesWhateverFolderItIsGiven() throws Exception {
        Files.createDirectories(folder.resolve("DCIM"));
        String address = "UNIX:" + folder.resolve("socket");
        try (Simulation simulation = Simulation.start(options(Optional.of(folder), OptionalInt.empty(), address))) {
            assertEquals(address, simulation.address());
            assertTrue(Files.exists(folder.resolve("socket")));
        }
        assertFalse(Files.exists(folder.resolve("socket")), "the socket file is removed");
    }

    @Test
    void itAcceptsPairAtOnceAndGeneratesPhotos() throws Exception {
        Simulation.Options options = options(Optional.empty(), OptionalInt.of(7), "127.0.0.1:0");
        try (Simulation simulation = Simulation.start(options);
                SimulatedUsb unused = SimulatedUsb.start("127.0.0.1:0")) {
            assertFalse(simulation.address().equals(unused.address()));
            SimulatedPhone phone = simulation.phone();
            assertEquals(7, phone.settings().library().list("DCIM/100APPLE").size());
            assertFalse(phone.settings().paired());
        }
    }

    @Test
    void aMissingFolderIsAnError() {
        Optional<Path> nothing = Optional.of(folder.resolve("nothing"));
        assertThrows(
                NotDirectoryException.class,
                () -> Simulation.start(options(nothing, OptionalInt.empty(), "127.0.0.1:0")));
    }

    @Test
    void anAddressInUseIsAnErrorAndAnAbandonedSocketFileIsNot() throws Exception {
        String address = "UNIX:" + folder.resolve("socket");
        try (SimulatedUsb usb = SimulatedUsb.start(address)) {
            assertThrows(IOException.class, () -> SimulatedUsb.start(usb.address()));
        }
        try (ServerSocketChannel left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            left.bind(UnixDomainSocketAddress.of(folder.resolve("socket")));
        }
        SimulatedUsb.start(address).close();
        Files.writeString(folder.resolve("mine"), "a file of mine");
        String mine = "UNIX:" + folder.resolve("mine");
        assertThrows(IOException.class, () -> SimulatedUsb.start(mine));
        assertEquals("a file of mine", Files.readString(folder.resolve("mine")));
    }
}
