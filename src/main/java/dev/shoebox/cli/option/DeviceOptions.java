package dev.shoebox.cli.option;

import dev.shoebox.device.Phone;
import dev.shoebox.device.WaitForPerson;
import dev.shoebox.device.WantedPhone;
import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.run.PhoneWait;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Options that choose a phone, and say how long to wait for it and its owner. */
public final class DeviceOptions {
    @Option(
            names = {"-u", "--udid"},
            paramLabel = "PHONE",
            description = "Use the iPhone with this UDID or name, if several are connected.")
    private String phone;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Wait this long at the start for an iPhone to be connected, unlocked and trusted: 30s, 2m,"
                    + " 1h, or 0. Default: 2m on a terminal, else 0; with --scheduled 10s for the iPhone and 5m until"
                    + " it is unlocked.")
    private Duration wait;

    @Mixin
    private TransportOption transport;

    private Long began; // or null

    /** Describes the transport in a few words. */
    public String transport(PhoneWait asking) throws DeviceException {
        return transport.phones(asking.detail()).transport();
    }

    private WantedPhone wanted() {
        return phone == null ? WantedPhone.ANY : WantedPhone.called(phone);
    }

    /** Returns the chosen iPhone. */
    public Phone find(PhoneWait asking) throws DeviceException {
        return transport.phones(asking.detail()).find(wanted(), waiting(asking.forPhone(), asking.phone()));
    }

    /** Returns whether an iPhone seen before may be the chosen one. */
    boolean mayBe(SourceId known) {
        return phone == null || SourceMatcher.isMeant(known, phone);
    }

    /** Returns the iPhone with this UDID, whichever is chosen. */
    public Phone find(String udid, PhoneWait asking) throws DeviceException {
        return transport
                .phones(asking.detail())
                .find(WantedPhone.called(udid), waiting(asking.forPhone(), asking.phone()));
    }

    /** Returns whether the iPhone with this UDID is connected. */
    boolean isThere(String udid) {
        try {
            return transport.phones(line -> {}).findAll(wanted(), WaitForPerson.NONE).stream()
                    .anyMatch(each -> each.udid().equals(udid));
        } catch (DeviceException absent) {
            return false;
        }
    }

    /** Returns every iPhone that matches the options. */
    public List<Phone> findAll(PhoneWait asking) throws DeviceException {
        return transport.phones(asking.detail()).findAll(wanted(), waiting(asking.forPhone(), asking.phone()));
    }

    /** Returns how to wait for the phone's owner. */
    public WaitForPerson waiting(PhoneWait asking) {
        return waiting(asking.forOwner(), asking.owner());
    }

    /** Waits as long for the next part of a run as for the first. */
    public void waitAnew() {
        began = null;
    }

    /** The time limit, which starts with the first call. */
    private WaitForPerson waiting(Duration usual, Consumer<String> say) {
        if (began == null) {
            began = System.nanoTime();
        }
        Duration left = Objects.requireNonNullElse(wait, usual).minusNanos(System.nanoTime() - began);
        return new WaitForPerson(left.isNegative() ? Duration.ZERO : left, say);
    }
}
