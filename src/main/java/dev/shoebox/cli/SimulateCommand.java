package dev.shoebox.cli;

import dev.shoebox.simulator.GeneratedLibrary;
import dev.shoebox.simulator.Library;
import dev.shoebox.simulator.Link;
import dev.shoebox.simulator.SimulatedPhone;
import dev.shoebox.simulator.SimulatedUsb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/** {@code shoebox simulate [LIBRARY]}. */
@Command(
        name = "simulate",
        header = "Be an iPhone, to try things out without one.",
        description = {
            "",
            "Prints one line to set in the shell where the other commands run, and serves until it is stopped (Ctrl-C)."
                    + " The simulated iPhone trusts whoever asks. Any program that uses libimobiledevice can talk to it.",
            ""
        },
        footer = {
            "",
            "Example, in two terminals:",
            "  shoebox simulate",
            "  export USBMUXD_SOCKET_ADDRESS=...      the line that it printed",
            "  shoebox devices"
        })
final class SimulateCommand implements Callable<Integer> {
    private final Console console;
    private final Interrupts interrupts;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "LIBRARY",
            description = {
                "A folder to serve as the iPhone's media, with DCIM in it.",
                "Default: photos and videos that are made up."
            })
    private Optional<Path> folder = Optional.empty();

    @Option(
            names = "--photos",
            paramLabel = "COUNT",
            description = "Make up so many photos of equal size instead, to measure speed.")
    private Optional<Integer> photos = Optional.empty();

    @Option(
            names = "--photo-size",
            paramLabel = "BYTES",
            defaultValue = "2500000",
            description = "How large each of them is. Default: ${DEFAULT-VALUE}.")
    private long photoBytes;

    @Option(names = "--name", paramLabel = "NAME", description = "What the iPhone is called.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--udid", paramLabel = "UDID", description = "Its UDID.")
    private Optional<String> udid = Optional.empty();

    @Option(
            names = "--speed",
            paramLabel = "MB/S",
            description = "How fast its cable is: 40 is Lightning. Default: no limit.")
    private Optional<Double> megabytesPerSecond = Optional.empty();

    @Option(
            names = "--latency",
            paramLabel = "MS",
            description = "Milliseconds until it answers a request: 0.5 is usual. Default: 0.")
    private Optional<Double> latencyMillis = Optional.empty();

    @Option(names = "--no-tls", description = "Answer without encryption, as old iOS versions do.")
    private boolean plain;

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS",
            description = "UNIX:/path or 127.0.0.1:port. Default: a socket in a folder for temporary files.")
    private Optional<String> address = Optional.empty();

    SimulateCommand(Console console, Interrupts interrupts) {
        this.console = console;
        this.interrupts = interrupts;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        SimulatedPhone phone = new SimulatedPhone(settings());
        CountDownLatch stopped = new CountDownLatch(1);
        interrupts.onFirst(stopped::countDown);
        try (Socket socket = new Socket(address);
                SimulatedUsb usb = SimulatedUsb.start(socket.address)) {
            usb.plug(phone);
            console.print("export USBMUXD_SOCKET_ADDRESS=" + usb.address() + "\n");
            stopped.await();
        }
        return ExitCode.DONE.number();
    }

    private SimulatedPhone.Settings settings() throws IOException {
        if (folder.isPresent() && !Files.isDirectory(folder.get())) {
            throw new NotDirectoryException(folder.get().toString());
        }
        Library library = folder.map(Library::folder)
                .or(() -> photos.map(count -> Library.generated(GeneratedLibrary.photos(count, photoBytes))))
                .orElseGet(Library::demo);
        SimulatedPhone.Settings settings =
                SimulatedPhone.Settings.of(library).withLink(link()).withTls(!plain, !plain);
        settings = name.map(settings::withName).orElse(settings);
        return udid.map(settings::withUdid).orElse(settings);
    }

    private Link link() {
        Link link = Link.unlimited();
        if (megabytesPerSecond.isPresent()) {
            link = link.withBytesPerSecond(Math.round(megabytesPerSecond.get() * 1e6));
        }
        if (latencyMillis.isPresent()) {
            link = link.withLatencyPerRequest(Duration.ofNanos(Math.round(latencyMillis.get() * 1e6)));
        }
        return link;
    }

    /** Where to listen; a socket file of our own goes when we go. */
    private static final class Socket implements AutoCloseable {
        private final Optional<Path> folder;
        private final String address;

        Socket(Optional<String> wanted) throws IOException {
            folder = wanted.isPresent() ? Optional.empty() : Optional.of(Files.createTempDirectory("shoebox-phone-"));
            address = wanted.orElseGet(() -> "UNIX:" + folder.orElseThrow().resolve("usbmuxd"));
        }

        @Override
        public void close() throws IOException {
            if (folder.isPresent()) {
                Files.deleteIfExists(folder.get());
            }
        }
    }
}
