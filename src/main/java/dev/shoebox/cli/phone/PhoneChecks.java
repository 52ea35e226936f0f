package dev.shoebox.cli.phone;

import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.coverage.icloud.Diagnosis;
import dev.shoebox.device.Phone;
import dev.shoebox.device.PhoneInfo;
import dev.shoebox.device.Phones;
import dev.shoebox.device.WaitForPerson;
import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.library.LibraryReader;
import dev.shoebox.library.database.LibraryResult;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.LibraryAsset;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.run.CloudAnswer;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Checks the way to phones: libimobiledevice, the daemon, the cable, trust, the lock, free space and iCloud. */
public final class PhoneChecks {
    private static final long LITTLE_ROOM = 1_000_000_000;

    private final Look look;

    public PhoneChecks(Look look) {
        this.look = look;
    }

    /** What can be seen of phones. */
    public interface Look {
        /** Returns every connected phone. */
        List<Seen> phones() throws DeviceException;

        /** Returns why there are none and what to do, as a sentence for the user. */
        String absence() throws DeviceException;

        /** Describes the transport in a few words, and ends the sentence. */
        String way() throws DeviceException;
    }

    /**
     * A phone.
     *
     * @param library reads its Photos library; only called if the phone trusts this computer
     * @param icloud diagnoses iCloud Photos; likewise
     * @param encryption describes the encryption of the connection, if known; likewise
     */
    public record Seen(PhoneInfo info, LibraryOf library, CloudOf icloud, Supplier<Optional<String>> encryption) {}

    /** Diagnoses iCloud Photos on a phone. */
    public interface CloudOf {
        Optional<Diagnosis> look(Library library) throws IOException;
    }

    /** Reads the Photos library of a phone. */
    public interface LibraryOf {
        LibraryResult read() throws IOException;
    }

    /** Opens the transport. */
    public interface Way {
        Phones open() throws DeviceException;
    }

    /**
     * Returns the phones connected to this computer.
     *
     * @param cache a folder for copies of phones' libraries
     */
    public static Look plugged(Way way, Path cache, InstantSource clock) {
        return new Look() {
            @Override
            public String way() throws DeviceException {
                Phones phones = way.open();
                return phones.transport() + "."
                        + phones.withoutLibrary().map(why -> " " + why).orElse("");
            }

            @Override
            public String absence() throws DeviceException {
                return way.open().absence();
            }

            @Override
            public List<Seen> phones() throws DeviceException {
                List<Seen> seen = new ArrayList<>();
                for (Phone phone : way.open().list()) {
                    seen.add(seen(phone, cache, clock));
                }
                return seen;
            }
        };
    }

    private static Seen seen(Phone phone, Path cache, InstantSource clock) throws DeviceException {
        LibraryOf library = () -> {
            try (MediaSource source = phone.photos(WaitForPerson.NONE)) {
                return new LibraryReader(cache).read(source, bytes -> {}, () -> false);
            }
        };
        CloudOf icloud = known -> {
            try (MediaSource source = phone.photos(WaitForPerson.NONE)) {
                return CloudAnswer.of(source, known, cache, clock.instant());
            }
        };
        return new Seen(phone.info(), library, icloud, phone::encryption);
    }

    /** @param closely whether to include details for support */
    public List<Check> run(boolean closely) {
        List<Check> checks = new ArrayList<>();
        List<Seen> phones;
        String absence;
        try {
            checks.add(Check.fine("library", "iPhones are reached through " + look.way()));
            phones = look.phones();
            absence = phones.isEmpty() ? look.absence() : "";
        } catch (DeviceException.LibraryMissing missing) {
            return List.of(Check.wrong("library", missing.getMessage()));
        } catch (DeviceException.NoPhone | DeviceException.NotPermitted noDaemon) {
            checks.add(Check.wrong("daemon", noDaemon.getMessage()));
            return checks;
        } catch (DeviceException silent) {
            checks.add(Check.wrong("phone", "An iPhone is connected but does not answer: " + silent.getMessage()));
            return checks;
        }
        checks.add(Check.fine("daemon", "The iPhone service answers."));
        if (phones.isEmpty()) {
            checks.add(Check.wrong("phone", absence));
        }
        phones.forEach(phone -> checks.addAll(checked(phone, closely)));
        return checks;
    }

    private static List<Check> checked(Seen phone, boolean closely) {
        PhoneInfo info = phone.info();
        List<Check> checks = new ArrayList<>();
        checks.add(Check.fine(
                "phone", info.name() + " (" + info.model() + ", iOS " + info.iosVersion() + ") is connected."));
        switch (info.trust()) {
            case TRUSTED ->
                checks.add(Check.fine(
                        "trust",
                        info.name() + " trusts this computer."
                                + (closely
                                        ? phone.encryption()
                                                .get()
                                                .map(how -> " Encrypted: " + how + ".")
                                                .orElse("")
                                        : "")));
            case LOCKED -> checks.add(Check.wrong("locked", "Unlock " + info.name() + " with its passcode."));
            case NOT_TRUSTED ->
                checks.add(Check.wrong(
                        "trust", info.name() + " does not trust this computer yet: 'shoebox pair' asks it to."));
            case TLS_FAILS ->
                checks.add(Check.wrong(
                        "tls",
                        info.name() + " trusts this computer, but no encrypted connection to it can be made here."
                                + " 'shoebox devices' with '--transport java' or '--transport native' shows whether the"
                                + " other transport works."));
            case ASKING -> checks.add(Check.wrong("trust", "Tap Trust on " + info.name() + " and enter the passcode."));
            case DENIED ->
                checks.add(Check.wrong(
                        "trust",
                        info.name() + " refused to trust this computer: unplug it, plug it in again and tap Trust."));
        }
        info.space()
                .freeBytes()
                .ifPresent(free -> checks.add(
                        free < LITTLE_ROOM
                                ? Check.wrong(
                                        "phone-room",
                                        "Only " + TextFormat.bytes(free) + " are free on " + info.name()
                                                + ": it may soon be unable to take photos.")
                                : Check.fine(
                                        "phone-room", TextFormat.bytes(free) + " are free on " + info.name() + ".")));
        if (info.trust() == PhoneInfo.Trust.TRUSTED) {
            Library library = library(phone);
            icloud(phone, library).ifPresent(checks::add);
            if (library.isThere()) {
                checks.add(coverage(phone, library));
            }
        }
        return checks;
    }

    private static Library library(Seen phone) {
        try {
            return phone.library().read().library();
        } catch (IOException unreadable) {
            return Library.NONE;
        }
    }

    private static Optional<Check> icloud(Seen phone, Library library) {
        try {
            return phone.icloud().look(library).map(diagnosis -> CloudAnswer.trouble(diagnosis)
                    .map(line -> Check.wrong("icloud", phone.info().name() + ": " + line))
                    .orElseGet(() -> Check.fine(
                            "icloud",
                            "Nothing is wrong with iCloud Photos on "
                                    + phone.info().name() + ".")));
        } catch (IOException silent) {
            return Optional.empty();
        }
    }

    /** Counts the originals that are not on the phone. */
    private static Check coverage(Seen phone, Library library) {
        String name = phone.info().name();
        long away = library.assets().stream().filter(PhoneChecks::isAway).count();
        return away == 0
                ? Check.fine("icloud", "Every original is on " + name + " itself.")
                : Check.wrong(
                        "icloud",
                        TextFormat.count(away) + " of " + TextFormat.count(library.size(), "original") + " of " + name
                                + " are only in iCloud and cannot be copied: on the iPhone choose "
                                + "Settings > Photos >"
                                + " Download and Keep Originals.");
    }

    private static boolean isAway(LibraryAsset asset) {
        return asset.originals().stream()
                .findFirst()
                .flatMap(LibraryAsset.Original::here)
                .filter(here -> !here)
                .isPresent();
    }
}
