package dev.shoebox.backup.plan;

import dev.shoebox.backup.event.MissingOriginal;
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
 * What a run keeps of a Photos library in the backup: which albums photos are in, and what was only in iCloud. A run that has
 * nothing to copy, from a phone whose library did not change, tells from it and does not read the library at all.
 */
public final class LibrarySnapshot {
    /** What stays true of a photo that is on the phone no more. That it was thrown away there does not: here it is kept. */
    private static final Set<Trait> MARKS = EnumSet.of(Trait.HIDDEN, Trait.FAVOURITE);

    private static final List<String> FILES = List.of("PhotoData/Photos.sqlite", "PhotoData/Photos.sqlite-wal");

    private final MediaSource source;
    private final Destination destination;

    /** Differs wherever the library's files do; empty where there are none. Of before the library is read. */
    private final Optional<String> mark;

    /** @param listing of the source */
    LibrarySnapshot(MediaSource source, Destination destination, Listing listing) {
        this.source = source;
        this.destination = destination;
        this.mark = mark(source).or(() -> mark(listing.inventory().texts()));
    }

    /** What is only in iCloud, if the library is as it was when that was found out. */
    Optional<List<MissingOriginal>> absences() {
        Optional<LibraryNotes> notes =
                mark.isEmpty() ? Optional.empty() : destination.memory().libraryNotes(source.id());
        if (notes.isEmpty() || !mark.equals(Optional.of(notes.get().mark()))) {
            return Optional.empty();
        }
        return Optional.of(notes.get().notes().stream()
                .filter(note -> !note.absent().isEmpty())
                .map(note -> new MissingOriginal(note.path(), note.absent(), note.bytes(), false))
                .toList());
    }

    /** Keeps what a library says, for the next run and for {@code albums}; a backup that cannot take it is as good without. */
    public void keep(Library library, Listing listing, BackupSelection wanted) {
        if (mark.isEmpty()) {
            return;
        }
        try {
            var everything =
                    new BackupSelection(AssetFilter.EVERYTHING, wanted.parts(), wanted.order(), wanted.scope());
            Map<String, MissingOriginal> absences = new HashMap<>();
            new StepFilter(everything, Optional.of(library))
                    .missing(listing)
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
            destination.memory().recordLibraryNotes(source.id(), new LibraryNotes(mark.get(), notes));
        } catch (IOException unkept) {
            // It can be read from the phone again.
        }
    }

    /** An export tells in many files what a phone's library does in one. */
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
            // A library that cannot be asked for is none; a source that is lost says so where it matters.
            return Optional.empty();
        }
        return Optional.of(mark.toString().strip());
    }
}
