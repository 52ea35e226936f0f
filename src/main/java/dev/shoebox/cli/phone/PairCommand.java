package dev.shoebox.cli.phone;

import dev.shoebox.cli.option.DeviceOptions;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.device.Phone;
import dev.shoebox.device.PhoneInfo;
import dev.shoebox.history.RunEnding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.util.concurrent.Callable;

/** {@code shoebox pair}. */
@Command(
        name = "pair",
        header = "Make an iPhone trust this computer, step by step.",
        description = {
            "",
            "Commands that need trust ask for it themselves; this one does nothing else. Unlock the"
                    + " iPhone, tap Trust and enter the passcode.",
            ""
        },
        footer = {"", "Example:", "  shoebox pair --wait 5m"})
public final class PairCommand implements Callable<Integer> {
    @Mixin
    private DeviceOptions device;

    @Mixin
    private final Console console;

    public PairCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        console.say("Looking for an iPhone ...");
        Phone phone = device.find(console.phoneWait());
        PhoneInfo before = phone.info();
        console.say("Found " + before.name() + " (" + before.model() + ").");
        PhoneInfo paired = phone.pair(device.waiting(console.phoneWait()));
        console.say(paired.name() + " trusts this computer. You can now run 'shoebox backup DEST'.");
        DevicesCommand.show(paired, console);
        return RunEnding.DONE.number();
    }
}
