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

/** One simulated iPhone on its own cable, for interactive use. It is not paired, and accepts Pair at once. */
public final class Simulation implements Closeable {
    /**
     * The contents of the phone.
     *
     * @param folder the folder to show over AFC, containing {@code DCIM}; if absent, the library is generated
     * @param photos the number of equal photos to generate; if absent, a demo library is painted
     * @param photoBytes the size of each generated photo, at least 1000
     */
    public record Media(Optional<Path> folder, OptionalInt photos, long photoBytes) {}

    /**
     * When to pull the cable.
     *
     * @param after the number of bytes of file data before that
     * @param replugAfter the delay before plugging it in again; zero for never
     */
    public record Unplug(OptionalLong after, Duration replugAfter) {}

    /**
     * The contents and the behaviour of the phone.
     *
     * @param address where to listen, as {@link SimulatedUsb#start} takes it
     * @param tls whether sessions and AFC are encrypted
     */
    public record Options(Media media, String address, String name, LinkSpeed link, boolean tls, Unplug unplug) {
        /** Returns options for the demo library, encrypted, over USB 2, on any free port of 127.0.0.1. */
        public static Options usual() {
            return new Options(
                    new Media(Optional.empty(), OptionalInt.empty(), 2_500_000),
                    "127.0.0.1:0",
                    "Simulated iPhone",
                    LinkSpeed.usb2(),
                    true,
                    new Unplug(OptionalLong.empty(), Duration.ZERO));
        }
    }

    private final SimulatedUsb usb;
    private final SimulatedPhone phone;

    private Simulation(SimulatedUsb usb, SimulatedPhone phone) {
        this.usb = usb;
        this.phone = phone;
    }

    /**
     * Plugs in a phone. Clients can connect when this returns. It serves on daemon threads until closed.
     *
     * @throws NotDirectoryException if the folder is not a folder
     * @throws IOException if nothing can listen at the address
     */
    public static Simulation start(Options options) throws IOException {
        return start(new SimulatedPhone(of(PhoneSettings.of(library(options)), options)), options);
    }

    /**
     * Plugs in a phone with a Photos library that uses or used iCloud Photos. Its photos are generated or painted; a
     * given folder is not changed.
     *
     * @throws IOException if nothing can listen at the address
     */
    public static Simulation start(Options options, CloudSituation icloud) throws IOException {
        return library(options) instanceof GeneratedTree tree
                ? start(CloudPhone.of(tree, icloud, Instant.now(), settings -> of(settings, options)), options)
                : start(options);
    }

    /**
     * Plugs in a phone with generated photos and a Photos library with their fingerprints. Reads all photos once to
     * compute these.
     *
     * @throws IOException if nothing can listen at the address
     */
    public static Simulation startWithFingerprints(Options options) throws IOException {
        GeneratedLibrary spec = GeneratedLibrary.photos(
                options.media().photos().orElseThrow(), options.media().photoBytes());
        return start(new SimulatedPhone(of(PhoneSettings.of(FingerprintedRoll.of(spec)), options)), options);
    }

    private static Simulation start(SimulatedPhone phone, Options options) throws IOException {
        options.unplug().after().ifPresent(bytes -> phone.faults()
                .unplugAfter(bytes, options.unplug().replugAfter()));
        phone.identity();
        SimulatedUsb usb = SimulatedUsb.start(options.address());
        usb.plug(phone);
        return new Simulation(usb, phone);
    }

    private static PhoneSettings of(PhoneSettings usual, Options options) {
        return usual.withName(options.name())
                .withLink(options.link())
                .with(new PhoneSettings.Encryption(options.tls(), options.tls()));
    }

    private static SimulatedLibrary library(Options options) throws NotDirectoryException {
        if (options.media().folder().isPresent()) {
            Path folder = options.media().folder().get();
            if (!Files.isDirectory(folder)) {
                throw new NotDirectoryException(folder.toString());
            }
            return Libraries.folder(folder);
        }
        return options.media().photos().isPresent()
                ? Libraries.generated(GeneratedLibrary.photos(
                        options.media().photos().getAsInt(), options.media().photoBytes()))
                : Libraries.demo();
    }

    /** Returns the value for {@code USBMUXD_SOCKET_ADDRESS}. */
    public String address() {
        return usb.address();
    }

    /** Returns the phone, to set faults and to observe it. */
    public SimulatedPhone phone() {
        return phone;
    }

    @Override
    public void close() {
        usb.close();
    }
}
