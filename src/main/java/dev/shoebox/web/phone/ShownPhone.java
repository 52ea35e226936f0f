package dev.shoebox.web.phone;

import dev.shoebox.coverage.AssetCoverage;
import dev.shoebox.coverage.Coverage;
import dev.shoebox.coverage.icloud.Diagnosis;
import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.Scope;
import dev.shoebox.photos.source.SourceId;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The phone or folder on view, as it was listed last. One thread calls {@link #look}; the other methods are thread-safe. */
public final class ShownPhone implements Closeable {
    private final PageSource source;
    private final Consumer<PhoneState> changed;
    private final Runnable relisted;

    private PhoneReader reader; // or null
    private SourceId last; // or null
    private Listed listed = Listed.NOTHING;

    /**
     * @param changed called with each new state
     * @param relisted called whenever the list of photos has changed
     */
    public ShownPhone(PageSource source, Consumer<PhoneState> changed, Runnable relisted) {
        this.source = source;
        this.changed = changed;
        this.relisted = relisted;
    }

    /** How much of the source is listed. */
    public enum Extent {
        /** Only the newest photos, while the rest is being listed: the page does not offer to save these alone. */
        FIRST_SCREEN,
        /** Everything that the source was able to list. */
        WITH_GAPS,
        WHOLE
    }

    /**
     * The last listing.
     *
     * @param source empty if there is no phone
     * @param photos empty if there is no phone, or nothing has been listed yet
     * @param hasLibrary whether the photos include what only the phone's Photos library knows
     * @param icloud why iCloud Photos has stopped; empty if unknown
     */
    public record Listed(
            Optional<SourceId> source,
            List<AssetCoverage> photos,
            Extent extent,
            boolean hasLibrary,
            Optional<Diagnosis> icloud) {
        static final Listed NOTHING =
                new Listed(Optional.empty(), List.of(), Extent.WITH_GAPS, false, Optional.empty());

        /** Returns whether the photos are all that the phone has or knows of. */
        public boolean isComplete() {
            return extent == Extent.WHOLE && hasLibrary;
        }

        /** @param opened null if the phone is gone */
        private Listed none(SourceId opened) {
            return new Listed(
                    Optional.ofNullable(opened),
                    List.of(),
                    extent == Extent.FIRST_SCREEN ? Extent.WITH_GAPS : extent,
                    hasLibrary,
                    Optional.empty());
        }
    }

    public synchronized Listed listed() {
        return listed;
    }

    /** Returns empty if there is no phone. */
    public synchronized Optional<PhoneReader> reader() {
        return Optional.ofNullable(reader);
    }

    /** Returns the current phone, or else the last one. */
    public synchronized Optional<SourceId> last() {
        return Optional.ofNullable(last);
    }

    /**
     * Checks whether a phone was plugged in or unplugged, and lists a new one.
     *
     * @param again whether to list a known one again
     */
    public void look(boolean again) {
        Optional<PhoneReader> open = reader();
        try {
            if (open.isEmpty()) {
                open();
            } else if (!source.isThere(listed().source().orElseThrow())) {
                gone(PhoneState.NONE);
            } else if (again) {
                list(open.get());
            }
        } catch (DeviceException away) {
            gone(PhoneState.of(away));
        } catch (IOException | RuntimeException failure) {
            gone(new PhoneState(
                    PhoneState.Kind.FAILED,
                    Optional.empty(),
                    source.isPhone(),
                    false,
                    0,
                    Optional.ofNullable(failure.getMessage())));
        }
    }

    private void gone(PhoneState state) {
        Optional<PhoneReader> left;
        synchronized (this) {
            left = Optional.ofNullable(reader);
            reader = null;
            listed = listed.none(null);
        }
        changed.accept(state);
        if (left.isPresent()) {
            left.get().close();
            relisted.run();
        }
    }

    private void open() throws IOException {
        MediaSource opened = source.open();
        PhoneReader open = new PhoneReader(opened);
        synchronized (this) {
            reader = open;
            last = opened.id();
            listed = listed.none(last);
        }
        list(open);
    }

    /** Shows the first screen, then all files, then what the library adds: each as soon as it is known. */
    private void list(PhoneReader open) throws IOException {
        boolean first = listed().photos().isEmpty();
        tell(PhoneState.Kind.READING);
        if (first) {
            Listing newest = open.use(each -> Scope.USUAL.of(each.newest()));
            if (!newest.files().isEmpty()) {
                showFirst(open, newest, Extent.FIRST_SCREEN);
            }
        }
        Listing listing = open.use(each -> Scope.USUAL.of(each.list()));
        Extent extent = listing.unreadable().isEmpty() ? Extent.WHOLE : Extent.WITH_GAPS;
        if (first) {
            showFirst(open, listing, extent);
        }
        Library library = open.use(each -> source.library(each, listing));
        Optional<Diagnosis> icloud = open.use(each -> source.icloud(each, library));
        Library trusted = icloud.flatMap(Diagnosis::on).map(library::withICloud).orElse(library);
        set(new Listed(
                listed().source(), List.copyOf(Coverage.of(listing, trusted)), extent, library.isThere(), icloud));
        relisted.run();
        tell(PhoneState.Kind.READY);
    }

    /** Shows a listing before the library is read, which may take a while. */
    private void showFirst(PhoneReader open, Listing listing, Extent extent) {
        List<AssetCoverage> photos = List.copyOf(Coverage.of(listing, Library.NONE));
        set(new Listed(listed().source(), photos, extent, false, Optional.empty()));
        tell(PhoneState.Kind.READING);
        relisted.run();
        open.serveFirst();
    }

    private synchronized void set(Listed next) {
        listed = next;
    }

    private void tell(PhoneState.Kind kind) {
        Listed now = listed();
        changed.accept(new PhoneState(
                kind,
                now.source().map(SourceId::name),
                source.isPhone(),
                kind == PhoneState.Kind.READY && now.hasLibrary(),
                now.photos().size(),
                Optional.empty()));
    }

    @Override
    public void close() {
        Optional<PhoneReader> left;
        synchronized (this) {
            left = Optional.ofNullable(reader);
            reader = null;
        }
        left.ifPresent(PhoneReader::close);
    }
}
