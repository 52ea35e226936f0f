package dev.shoebox.simulator;

import dev.shoebox.simulator.cloud.CloudPhone;
import dev.shoebox.simulator.cloud.CloudSituation;
import dev.shoebox.simulator.cloud.FingerprintedRoll;
import dev.shoebox.simulator.library.GeneratedLibrary;
import dev.shoebox.simulator.library.GeneratedTree;
import dev.shoebox.simulator.library.Libraries;
import dev.shoebox.simulator.library.SimulatedLibrary;
import dev.shoebox.simulator.phone.PhoneSettings;
import dev.shoebox.simulator.phone.SimulatedPhone;
import dev.shoebox.simulator.usb.SimulatedUsb;
import dev.shoebox.simulator.wire.LinkSpeed;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** One simulated iPhone on a cable of its own, for a person at a command line: not paired, and it accepts Pair at once. */
public final class Simulation implements Closeable {
    /**
     * What the phone holds and how it behaves.
     *
     * @param folder what AFC shows, containing {@code DCIM}; without one the library is generated
     * @param photos how many equal photos to generate; without a number a library to look at is painted
     * @param photoBytes how large each of them is, at least 1000
     * @param address where to listen, as {@link SimulatedUsb#start} takes it
     * @param tls whether sessions and AFC are encrypted
     * @param unplugAfter pull the cable after so many bytes of file data
     * @param replugAfter then plug it in again after this time; zero for never
     */
    public record Options(
            Optional<Path> folder,
            OptionalInt photos,
            long photoBytes,
            String address,
            String name,
            LinkSpeed link,
            boolean tls,
            OptionalLong unplugAfter,
            Duration replugAfter) {
        /** The library to look at, encrypted, over USB 2, on any free port of 127.0.0.1. */
        public static Options usual() {
            return new Options(
                    Optional.empty(),
                    OptionalInt.empty(),
                    2_500_000,
                    "127.0.0.1:0",
                    "Simulated iPhone",
                    LinkSpeed.usb2(),
                    true,
                    OptionalLong.empty(),
                    Duration.ZERO);
        }
    }

    private final SimulatedUsb usb;
    private final SimulatedPhone phone;

    private Simulation(SimulatedUsb usb, SimulatedPhone phone) {
        this.usb = usb;
        this.phone = phone;
    }

    /**
     * Plugs in a phone. It can be connected to when this returns, and serves on daemon threads until closed.
     *
     * @throws NotDirectoryException if the folder is none
     * @throws IOException if nothing can listen at the address
     */
    public static Simulation start(Options options) throws IOException {
        return start(new SimulatedPhone(of(PhoneSettings.of(library(options)), options)), options);
    }

    /**
     * Plugs in a phone with a Photos library of its own, that uses iCloud Photos or did. Its photos are generated or
     * painted; what a folder holds stays as it is.
     *
     * @throws IOException if nothing can listen at the address
     */
    public static Simulation start(Options options, CloudSituation icloud) throws IOException {
        return library(options) instanceof GeneratedTree tree
                ? start(CloudPhone.of(tree, icloud, Instant.now(), settings -> of(settings, options)), options)
                : start(options);
    }

    /**
     * Plugs in a phone with generated photos and a Photos library that has the fingerprint of each. They are read for that
     * once.
     *
     * @throws IOException if nothing can listen at the address
     */
    public static Simulation startWithFingerprints(Options options) throws IOException {
        GeneratedLibrary spec = GeneratedLibrary.photos(options.photos().orElseThrow(), options.photoBytes());
        return start(new SimulatedPhone(of(PhoneSettings.of(FingerprintedRoll.of(spec)), options)), options);
    }

    private static Simulation start(SimulatedPhone phone, Options options) throws IOException {
        options.unplugAfter().ifPresent(bytes -> phone.faults().unplugAfter(bytes, options.replugAfter()));
        phone.identity();
        SimulatedUsb usb = SimulatedUsb.start(options.address());
        usb.plug(phone);
        return new Simulation(usb, phone);
    }

    private static PhoneSettings of(PhoneSettings usual, Options options) {
        return usual.withName(options.name()).withLink(options.link()).withTls(options.tls(), options.tls());
    }

    private static SimulatedLibrary library(Options options) throws NotDirectoryException {
        if (options.folder().isPresent()) {
            Path folder = options.folder().get();
            if (!Files.isDirectory(folder)) {
                throw new NotDirectoryException(folder.toString());
            }
            return Libraries.folder(folder);
        }
        return options.photos().isPresent()
                ? Libraries.generated(GeneratedLibrary.photos(options.photos().getAsInt(), options.photoBytes()))
                : Libraries.demo();
    }

    /** The value for {@code USBMUXD_SOCKET_ADDRESS}. */
    public String address() {
        return usb.address();
    }

    /** The phone, to set faults on and to observe. */
    public SimulatedPhone phone() {
        return phone;
    }

    @Override
    public void close() {
        usb.close();
    }
}
