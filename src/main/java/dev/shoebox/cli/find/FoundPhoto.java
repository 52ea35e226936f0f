package dev.shoebox.cli.find;

import dev.shoebox.destination.records.Journal;
import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.LibraryAsset;
import dev.shoebox.photos.metadata.field.MediaFacts;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A photo of the backup that matches a search, with the metadata read for it. */
final class FoundPhoto {
    private final List<Journal.Entry> entries;
    private final MediaFacts facts;
    private final SidecarFacts beside;

    FoundPhoto(List<Journal.Entry> entries, MediaFacts facts, SidecarFacts beside) {
        this.entries = entries;
        this.facts = facts;
        this.beside = beside;
    }

    /** Returns the capture time as local time. */
    static Optional<LocalDateTime> captured(List<Journal.Entry> entries) {
        return entries.get(0).captured().map(CaptureTime::local);
    }

    Optional<LocalDateTime> captured() {
        return captured(entries);
    }

    /** Returns its names in the backup and at its origin. */
    List<String> names() {
        return names(entries);
    }

    static List<String> names(List<Journal.Entry> entries) {
        String path = entries.get(0).path();
        return Stream.concat(
                        Stream.of(path.substring(path.lastIndexOf('/') + 1)),
                        entries.stream().map(entry -> entry.file().name()))
                .distinct()
                .toList();
    }

    Optional<String> title() {
        return facts.details().title().or(beside::title);
    }

    List<String> keywords() {
        return Stream.concat(facts.details().keywords().stream(), beside.words().stream())
                .distinct()
                .toList();
    }

    /** Returns make and model. */
    Optional<String> camera() {
        List<String> words = Stream.of(facts.cameraMake(), facts.cameraModel())
                .flatMap(Optional::stream)
                .toList();
        return words.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", words));
    }

    Optional<LibraryAsset.Place> place() {
        return facts.details().place();
    }
}
