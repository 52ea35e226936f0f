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
import dev.shoebox.system.thread.Uninterrupted;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;

/** The connected iPhones, which list their photos while the command reads the backup, to be compared with it. */
final class ConnectedPhones implements Closeable {
    /** Time limit for listing an iPhone: people expect a quick status. */
    private static final Duration MOMENT = Duration.ofMillis(900);

    private final Console console;
    private final AppDirectories places;
    private final InstantSource clock;
    private final FutureTask<List<DeviceException>> opening = new FutureTask<>(this::open);

    /** Guarded by this object. */
    private final List<Connected> connected = new ArrayList<>();

    /** Guarded by this object. */
    private boolean isClosed;

    /** How long to wait for the list of an iPhone. */
    enum Patience {
        A_MOMENT,
        WHATEVER_IT_TAKES
    }

    /** Whether the content of every file of the backup is known. */
    enum Intact {
        ALL,
        NOT_ALL,
        /** They were not all looked at. */
        UNKNOWN
    }

    /** Returns which files of a source are in the backup, but not safe there. */
    interface Safety {
        UnsafeFiles of(SourceId source) throws IOException;
    }

    /**
     * @param photos empty if it may not be listed
     * @param since when listing began, in nanoseconds of this process
     */
    private record Connected(PhoneInfo info, Optional<MediaSource> photos, long since) {}

    ConnectedPhones(Console console, AppDirectories places, InstantSource clock) {
        this.console = console;
        this.places = places;
        this.clock = clock;
    }

    /** Starts listing them, and does not wait for their answers; there are none if libimobiledevice is missing. */
    void list() {
        Thread thread = new Thread(opening, "shoebox-phones");
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns the failures of those that do not answer. */
    private List<DeviceException> open() {
        List<Phone> phones;
        try {
            phones = Phones.load().list();
        } catch (DeviceException none) {
            return List.of();
        }
        List<DeviceException> silent = new ArrayList<>();
        for (Phone phone : phones) {
            try {
                // Opening its photos would make an iPhone that does not trust this computer ask its owner.
                PhoneInfo info = phone.info();
                add(new Connected(
                        info,
                        info.trust() == PhoneInfo.Trust.TRUSTED
                                ? Optional.of(phone.photos(WaitForPerson.NONE).listingAhead())
                                : Optional.empty(),
                        System.nanoTime()));
            } catch (DeviceException mute) {
                silent.add(mute);
            }
        }
        return silent;
    }

    private synchronized void add(Connected phone) {
        connected.add(phone);
        if (isClosed) {
            close();
        }
    }

    /**
     * Prints what they have that is not backed up, once they have answered; nothing if none is connected. Must follow
     * {@link #list}.
     *
     * @param intact whether the content of every file of the backup is known
     */
    void tell(Destination opened, Safety safety, Intact intact, Patience patience) throws IOException {
        List<DeviceException> silent = new ArrayList<>(Uninterrupted.result(opening));
        List<Connected> phones;
        synchronized (this) {
            phones = List.copyOf(connected);
        }
        for (Connected phone : phones) {
            if (phone.photos().isEmpty()) {
                console.outcome(phone.info().name()
                        + " is connected, but locked or not trusted, so its photos could not be listed.");
                continue;
            }
            MediaSource source = phone.photos().get();
            try {
                Optional<Listing> listing = listing(source, phone.since(), patience);
                if (listing.isPresent()) {
                    compare(source, listing.get(), opened, safety.of(source.id()), intact);
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

    private Optional<Listing> listing(MediaSource source, long since, Patience patience) throws IOException {
        if (patience == Patience.WHATEVER_IT_TAKES || !source.isListing()) {
            return Optional.of(source.list());
        }
        Duration left = MOMENT.minusNanos(System.nanoTime() - since);
        return left.isNegative() ? Optional.empty() : TimeLimit.run(source::list, left);
    }

    private void compare(MediaSource source, Listing listing, Destination opened, UnsafeFiles notSafe, Intact intact)
            throws IOException {
        String name = source.id().name();
        Library library = new PhoneLibrary(places, console.tellingEvents()).readIfQuick(source, () -> false);
        MissingFiles missing = MissingFiles.of(source, listing, opened, (all, effort) -> library);
        boolean isAll = missing.forgotten() == 0 && notSafe.files() == 0;
        console.outcome(
                missing.files() == 0
                        ? nothingMissing(name, isAll ? intact : Intact.NOT_ALL, notSafe, opened.root())
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

    private static String nothingMissing(String phone, Intact intact, UnsafeFiles notSafe, Path root) {
        String more = notSafe.more().map(others -> "; " + others).orElse("") + ".";
        if (intact == Intact.UNKNOWN) {
            return "No photo or video on " + phone + ", which is connected, is missing here" + more
                    + " There was no time to see whether all of them can be read; "
                    + TextFormat.command("doctor", root) + " looks at each.";
        }
        return (intact == Intact.ALL ? "Every photo and video on " : "Every other photo and video on ") + phone
                + ", which is connected, is backed up" + more;
    }

    private static JsonEvent event(MediaSource source) {
        return new JsonEvent("connected")
                .with("id", source.id().id())
                .with("name", source.id().name());
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        connected.stream().flatMap(phone -> phone.photos().stream()).forEach(ConnectedPhones::close);
        connected.clear();
    }

    /** What was to be told was told. */
    private static void close(MediaSource photos) {
        try {
            photos.close();
        } catch (RuntimeException unable) {
            // The next one is closed all the same.
        }
    }
}
