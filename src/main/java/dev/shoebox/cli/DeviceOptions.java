package dev.shoebox.cli;

import dev.shoebox.device.DeviceException;
import dev.shoebox.device.Phone;
import dev.shoebox.device.Phones;
import dev.shoebox.device.Waiting;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Which phone, and how long to wait for it and its owner. */
final class DeviceOptions {
    private static final int PATIENCE_OF_A_PERSON = 120;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = {"-u", "--udid"},
            paramLabel = "PHONE",
            description = "Which iPhone, by its UDID or its name, if there are several.")
    private Optional<String> phone = Optional.empty();

    private Optional<Integer> wait = Optional.empty();
    private OptionalLong began = OptionalLong.empty();

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            description = {
                "How long to wait at the start for an iPhone, for its unlocking",
                "and for Trust. Default: 120 on a terminal, else 0."
            })
    void waitFor(Optional<Integer> seconds) {
        if (seconds.isPresent() && seconds.get() < 0) {
            throw new ParameterException(
                    command.commandLine(), "--wait is a number of seconds, 0 or more, not " + seconds.get() + ".");
        }
        wait = seconds;
    }

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
        return Duration.ofSeconds(wait.orElseGet(() -> console.screen().isTerminal() ? PATIENCE_OF_A_PERSON : 0));
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
