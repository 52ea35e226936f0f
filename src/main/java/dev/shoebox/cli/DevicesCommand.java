package dev.shoebox.cli;

import dev.shoebox.device.Phone;
import dev.shoebox.device.PhoneInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.util.concurrent.Callable;

/** {@code shoebox devices}. */
@Command(
        name = "devices",
        header = "Show the iPhones that are connected, and whether they trust this computer.",
        footer = {
            "",
            "Example:",
            "  shoebox devices",
            "",
            "Battery and space are told only by an iPhone that trusts this computer: see 'shoebox pair'."
        })
final class DevicesCommand implements Callable<Integer> {
    @Mixin
    private DeviceOptions device;

    @Mixin
    private final Console console;

    DevicesCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (console.isVerbose()) {
            console.say("Reached through " + device.transport() + ".");
        }
        for (Phone phone : device.findAll(Asking.of(console))) {
            show(phone.info(), console);
        }
        return ExitCode.DONE.number();
    }

    static void show(PhoneInfo info, Console console) {
        console.result(info.name());
        console.result("  " + info.model() + ", iOS " + info.iosVersion());
        console.result("  " + trust(info.trust()));
        info.battery().ifPresent(percent -> console.result("  Battery " + percent + "%"));
        info.usedBytes()
                .ifPresent(used -> console.result("  " + Words.bytes(used) + " used, "
                        + Words.bytes(info.freeBytes().orElseThrow()) + " free of "
                        + Words.bytes(info.totalBytes().orElseThrow())));
        console.result("  UDID " + info.udid());
        console.event(new Event("device")
                .with("udid", info.udid())
                .with("name", info.name())
                .with("model", info.model())
                .with("iosVersion", info.iosVersion())
                .with("trust", Words.hyphenated(info.trust()))
                .with("batteryPercent", info.battery())
                .with("totalBytes", info.totalBytes())
                .with("usedBytes", info.usedBytes())
                .with("freeBytes", info.freeBytes()));
    }

    private static String trust(PhoneInfo.Trust trust) {
        return switch (trust) {
            case TRUSTED -> "Trusts this computer";
            case TLS_FAILS -> "Trusts this computer, but no encrypted connection to it can be made here";
            case NOT_TRUSTED -> "Does not trust this computer yet: 'shoebox pair' asks it to";
            case LOCKED -> "Locked: unlock it with its passcode";
            case ASKING -> "Is asking whether to trust this computer: tap Trust and enter the passcode";
            case DENIED -> "Refused to trust this computer: unplug it, plug it in again and tap Trust";
        };
    }
}
