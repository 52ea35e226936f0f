package dev.shoebox.cli.keep;

import dev.shoebox.backup.MissingFiles;
import dev.shoebox.cli.backup.BackupVerdict;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.JsonEvent;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.cli.terminal.TimeLimit;
import dev.shoebox.coverage.SafeToRemove;
import dev.shoebox.coverage.icloud.Diagnosis;
import dev.shoebox.destination.Destination;
import dev.shoebox.device.Phone;
import dev.shoebox.device.PhoneInfo;
import dev.shoebox.device.Phones;
import dev.shoebox.device.WaitForPerson;
import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.history.UnsafeFiles;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.run.CloudAnswer;
import dev.shoebox.run.PhoneLibrary;
import dev.shoebox.system.AppDirectories;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The connected iPhones, which list their photos while the command reads the backup, to be compared with it. */
final class ConnectedPhones implements Closeable {
    /** Time limit for listing an iPhone: people expect a quick status. */
    private static final Duration MOMENT = Duration.ofMillis(900);

    private final Console console;
    private final AppDirectories places;
    private final InstantSource clock;
    private final List<Connected> connected = new ArrayList<>();
    private final List<DeviceException> silent = new ArrayList<>();
    private long began;

    /** How long to wait for the list of an iPhone. */
    enum Patience {
        A_MOMENT,
        WHATEVER_IT_TAKES
    }

    /** Returns which files of a source are in the backup, but not safe there. */
    interface Safety {
        UnsafeFiles of(SourceId source) throws IOException;
    }

    /** @param photos empty if it may not be listed */
    private record Connected(PhoneInfo info, Optional<MediaSource> photos) {}

    ConnectedPhones(Console console, AppDirectories places, InstantSource clock) {
        this.console = console;
        this.places = places;
        this.clock = clock;
    }

    /** Starts listing them; there are none if libimobiledevice is missing. */
    void list() {
        began = System.nanoTime();
        List<Phone> phones;
        try {
            phones = Phones.load().list();
        } catch (DeviceException none) {
            return;
        }
        for (Phone phone : phones) {
            try {
                // Opening its photos would make an iPhone that does not trust this computer ask its owner.
                PhoneInfo info = phone.info();
                connected.add(new Connected(
                        info,
                        info.trust() == PhoneInfo.Trust.TRUSTED
                                ? Optional.of(phone.photos(WaitForPerson.NONE).listingAhead())
                                : Optional.empty()));
            } catch (DeviceException mute) {
                silent.add(mute);
            }
        }
    }

    /**
     * Prints what they have that is not backed up; nothing if none is connected.
     *
     * @param allIntact whether the backup has no file of unknown content
     */
    void tell(Destination opened, Safety safety, boolean allIntact, Patience patience) throws IOException {
        for (Connected phone : connected) {
            if (phone.photos().isEmpty()) {
                console.outcome(phone.info().name()
                        + " is connected, but locked or not trusted, so its photos could not be listed.");
                continue;
            }
            MediaSource source = phone.photos().get();
            try {
                Optional<Listing> listing = listing(source, patience);
                if (listing.isPresent()) {
                    compare(source, listing.get(), opened, safety.of(source.id()), allIntact);
                } else {
                    console.outcome(source.id().name() + " is connected and holds too much to compare in a second; "
                            + TextFormat.command("status --compare", opened.root())
                            + " shows what is not backed up yet.");
                    console.event(event(source).with("compared", false));
                }
            } catch (DeviceException mute) {
                silent.add(mute);
            }
        }
        silent.forEach(mute -> console.warn("An iPhone is connected but does not answer: " + mute.getMessage()));
    }

    private Optional<Listing> listing(MediaSource source, Patience patience) throws IOException {
        if (patience == Patience.WHATEVER_IT_TAKES || !source.isListing()) {
            return Optional.of(source.list());
        }
        Duration left = MOMENT.minusNanos(System.nanoTime() - began);
        return left.isNegative() ? Optional.empty() : TimeLimit.run(source::list, left);
    }

    private void compare(
            MediaSource source, Listing listing, Destination opened, UnsafeFiles notSafe, boolean allIntact)
            throws IOException {
        String name = source.id().name();
        Library library = new PhoneLibrary(places, console.tellingEvents()).readIfQuick(source, () -> false);
        MissingFiles missing = MissingFiles.of(source, listing, opened, (all, effort) -> library);
        console.outcome(
                missing.files() == 0
                        ? nothingMissing(name, allIntact && missing.forgotten() == 0 && notSafe.files() == 0, notSafe)
                        : TextFormat.photos(missing.assets()) + " on " + name + ", which is connected, "
                                + (missing.assets() == 1 ? "is" : "are") + " not backed up yet ("
                                + TextFormat.count(missing.files(), "file") + ", "
                                + TextFormat.bytes(missing.bytes()) + ").");
        Optional<SafeToRemove.Removable> removable = library.isThere()
                ? Optional.of(SafeToRemove.count(opened, source.id(), listing, library))
                : Optional.empty();
        removable.ifPresent(found -> console.outcome(BackupVerdict.removable(found, name, opened.root())));
        Optional<Diagnosis> icloud = CloudAnswer.of(source, library, places.cache(), clock.instant());
        icloud.flatMap(CloudAnswer::trouble).ifPresent(console::outcome);
        console.event(event(source)
                .with("icloud", icloud.map(known -> known.cause().word()))
                .with("compared", true)
                .with("missingPhotosAndVideos", missing.assets())
                .with("missingFiles", missing.files())
                .with("missingBytes", missing.bytes())
                .with("forgottenFiles", missing.forgotten())
                .with("removable", removable.map(SafeToRemove.Removable::assets))
                .with("removableBytes", removable.map(SafeToRemove.Removable::bytes)));
        if (missing.forgotten() > 0) {
            console.outcome(TextFormat.count(missing.forgotten(), "file") + " on " + name
                    + " that you deleted from the backup and forgot "
                    + (missing.forgotten() == 1 ? "is" : "are") + " not in it.");
        }
    }

    private static String nothingMissing(String phone, boolean isAll, UnsafeFiles notSafe) {
        return (isAll ? "Every photo and video on " : "Every other photo and video on ") + phone
                + ", which is connected, is backed up"
                + notSafe.more().map(more -> "; " + more).orElse("") + ".";
    }

    private static JsonEvent event(MediaSource source) {
        return new JsonEvent("connected")
                .with("id", source.id().id())
                .with("name", source.id().name());
    }

    @Override
    public void close() throws IOException {
        for (Connected phone : connected) {
            if (phone.photos().isPresent()) {
                phone.photos().get().close();
            }
        }
    }
}
