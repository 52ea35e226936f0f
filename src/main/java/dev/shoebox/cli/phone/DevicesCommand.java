package dev.shoebox.cli.phone;

import dev.shoebox.cli.option.DeviceOptions;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.JsonEvent;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.device.Phone;
import dev.shoebox.device.PhoneInfo;
import dev.shoebox.history.RunEnding;
import dev.shoebox.run.PhoneWait;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.util.Optional;
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
            "Battery and free space are shown only for an iPhone that trusts this computer: see 'shoebox pair'."
        })
public final class DevicesCommand implements Callable<Integer> {
    @Mixin
    private DeviceOptions device;

    @Mixin
    private final Console console;

    public DevicesCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        PhoneWait asking = console.phoneWait();
        if (console.isVerbose()) {
            console.say("Reached through " + device.transport(asking) + ".");
        }
        for (Phone phone : device.findAll(asking)) {
            show(phone.info(), console);
            if (console.isVerbose()) {
                encryption(phone);
            }
        }
        return RunEnding.DONE.number();
    }

    private void encryption(Phone phone) throws IOException {
        Optional<String> encryption = phone.encryption();
        encryption.ifPresent(how -> console.result("  Encrypted: " + how));
        console.event(new JsonEvent("connection")
                .with("udid", phone.udid())
                .with("transport", device.transport(console.phoneWait()))
                .with("encryption", encryption));
    }

    static void show(PhoneInfo info, Console console) {
        console.result(info.name());
        console.result("  " + info.model() + ", iOS " + info.iosVersion());
        console.result("  " + trust(info.trust()));
        info.battery().ifPresent(percent -> console.result("  Battery " + percent + "%"));
        info.space()
                .usedBytes()
                .ifPresent(used -> console.result("  " + TextFormat.bytes(used) + " used, "
                        + TextFormat.bytes(info.space().freeBytes().orElseThrow()) + " free of "
                        + TextFormat.bytes(info.space().totalBytes().orElseThrow())));
        console.result("  UDID " + info.udid());
        console.event(new JsonEvent("device")
                .with("udid", info.udid())
                .with("name", info.name())
                .with("model", info.model())
                .with("iosVersion", info.iosVersion())
                .with("trust", TextFormat.hyphenated(info.trust()))
                .with("batteryPercent", info.battery())
                .with("totalBytes", info.space().totalBytes())
                .with("usedBytes", info.space().usedBytes())
                .with("freeBytes", info.space().freeBytes()));
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
