package dev.shoebox.cli;

import dev.shoebox.device.DeviceException;
import dev.shoebox.device.Phone;
import dev.shoebox.device.Phones;
import dev.shoebox.device.Waiting;
import picocli.CommandLine.Option;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Which phone, and how long to wait for it and its owner. */
final class DeviceOptions {
    private static final Duration PATIENCE_OF_A_PERSON = Duration.ofMinutes(2);

    @Option(
            names = {"-u", "--udid"},
            paramLabel = "PHONE",
            description = "Which iPhone, by its UDID or its name, if there are several.")
    private Optional<String> phone = Optional.empty();

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description =
                    "How long to wait at the start for an iPhone, for its unlocking and for Trust: 30s, 2m, 1h, or 0."
                            + " Default: 2m on a terminal, else 0.")
    private Optional<Duration> wait = Optional.empty();

    private OptionalLong began = OptionalLong.empty();

    /** The one iPhone that is meant. */
    Phone find(Console console) throws DeviceException {
        return Phones.load().find(phone, waiting(console));
    }

    /** Every iPhone that could be meant. */
    List<Phone> findAll(Console console) throws DeviceException {
        return Phones.load().findAll(phone, waiting(console));
    }

    /** How long to wait in all. */
    private Duration patience(Console console) {
        return wait.orElse(console.screen().isTerminal() ? PATIENCE_OF_A_PERSON : Duration.ZERO);
    }

    /** What is left of the patience, counted from the first call. */
    Waiting waiting(Console console) {
        if (began.isEmpty()) {
            began = OptionalLong.of(System.nanoTime());
        }
        Duration left = patience(console).minusNanos(System.nanoTime() - began.getAsLong());
        return new Waiting(left.isNegative() ? Duration.ZERO : left, console::warn);
    }
}
