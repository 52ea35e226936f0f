package dev.shoebox.backup.plan;

import dev.shoebox.backup.event.ImplausibleFile;
import dev.shoebox.backup.event.MissingOriginal;
import dev.shoebox.backup.plan.Preparation.Prepared;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.LibraryNote;
import dev.shoebox.destination.LibraryNotes;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.LibraryAsset;
import dev.shoebox.photos.LibraryAsset.Trait;
import dev.shoebox.photos.choice.AssetFilter;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.NamedFiles;
import dev.shoebox.text.Sha256;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The facts of a Photos library that a run stores in the backup: the albums of photos, and what was only in iCloud. If
 * a phone's library did not change and nothing is to be copied, a run uses these and does not read the library.
 */
public final class LibrarySnapshot {
    /**
     * Marks that remain true after a photo left the phone. That it was deleted there is not one: the backup keeps it.
     */
    private static final Set<Trait> MARKS = EnumSet.of(Trait.HIDDEN, Trait.FAVOURITE);

    private static final List<String> FILES = List.of("PhotoData/Photos.sqlite", "PhotoData/Photos.sqlite-wal");

    private final MediaSource source;
    private final Destination destination;

    /** Identifies the state of the library's files; empty if there are none. Determined before the library is read. */
    private final String mark;

    /** @param listing of the source */
    LibrarySnapshot(MediaSource source, Destination destination, Listing listing) {
        this.source = source;
        this.destination = destination;
        this.mark = mark(source).or(() -> mark(listing.inventory().texts())).orElse("");
    }

    /** Returns what is only in iCloud, if the library has not changed since that was determined. */
    Optional<List<MissingOriginal>> absences() {
        Optional<LibraryNotes> notes =
                mark.isEmpty() ? Optional.empty() : destination.memory().libraryNotes(source.id());
        if (notes.isEmpty() || !mark.equals(notes.get().mark())) {
            return Optional.empty();
        }
        return Optional.of(notes.get().notes().stream()
                .filter(note -> !note.absent().isEmpty())
                .map(note -> new MissingOriginal(note.path(), note.absent(), note.bytes(), false))
                .toList());
    }

    /**
     * Stores the library's facts for the next run and for {@code albums}. Failure to store them does not affect the
     * backup.
     *
     * @param found the files that the run found not to be safe
     */
    public void keep(Prepared prepared, BackupSelection wanted, List<ImplausibleFile> found) {
        Library library = prepared.library();
        if (mark.isEmpty()) {
            return;
        }
        try {
            var everything =
                    new BackupSelection(AssetFilter.EVERYTHING, wanted.parts(), wanted.order(), wanted.scope());
            Map<String, MissingOriginal> absences = new HashMap<>();
            new StepFilter(everything, library)
                    .missing(prepared.seen().listing())
                    .absences()
                    .forEach(absence -> absences.put(absence.path(), absence));
            List<LibraryNote> notes = new ArrayList<>();
            Set<String> noted = new HashSet<>();
            for (LibraryAsset asset : library.assets()) {
                Optional<MissingOriginal> absent = Optional.ofNullable(absences.get(asset.path()));
                List<String> persons = library.persons(asset.path());
                Set<Trait> marks = new HashSet<>(asset.traits());
                marks.retainAll(MARKS);
                boolean isWorthANote =
                        !asset.albums().isEmpty() || !persons.isEmpty() || !marks.isEmpty() || absent.isPresent();
                if (isWorthANote && noted.add(asset.path())) {
                    notes.add(new LibraryNote(
                            asset.path(),
                            asset.albums(),
                            persons,
                            marks,
                            absent.map(MissingOriginal::parts).orElse(List.of()),
                            absent.map(MissingOriginal::bytes).orElse(OptionalLong.empty())));
                }
            }
            LibraryNotes fresh = new LibraryNotes(mark, notes);
            destination.memory().recordLibraryNotes(source.id(), isNeededAgain(found) ? fresh.toBeReadAgain() : fresh);
        } catch (IOException unkept) {
            // The next run can read them from the phone again.
        }
    }

    /** Returns whether a file may be damaged and only the library shows it: its copy is right for another source. */
    private boolean isNeededAgain(List<ImplausibleFile> found) throws IOException {
        Set<String> recorded = destination.recognition().perhapsDamaged();
        return found.stream().anyMatch(file -> file.isPerhapsDamaged() && !recorded.contains(file.storedAs()));
    }

    /** Identifies the state of an export, which has its facts in many files; a phone has one library. */
    private static Optional<String> mark(List<MediaFile> texts) {
        if (texts.isEmpty()) {
            return Optional.empty();
        }
        MessageDigest digest = Sha256.digest();
        for (MediaFile text : texts) {
            digest.update((text.path() + "\0" + text.size() + "@" + text.modified() + "\n").getBytes(UTF_8));
        }
        return Optional.of("export " + Sha256.hex(digest));
    }

    private static Optional<String> mark(MediaSource source) {
        Optional<NamedFiles> files = NamedFiles.of(source);
        if (files.isEmpty()) {
            return Optional.empty();
        }
        StringBuilder mark = new StringBuilder();
        try {
            for (String path : FILES) {
                Optional<MediaFile> file = files.get().find(path);
                if (mark.length() == 0 && file.isEmpty()) {
                    return Optional.empty();
                }
                file.ifPresent(found -> mark.append(found.size())
                        .append('@')
                        .append(found.modified())
                        .append(' '));
            }
        } catch (IOException unknown) {
            // An unreadable library counts as none; if the source is lost, later reads show it.
            return Optional.empty();
        }
        return Optional.of(mark.toString().strip());
    }
}
