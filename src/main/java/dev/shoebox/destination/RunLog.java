package dev.shoebox.destination;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.DiskLimitation;
import dev.shoebox.destination.ingest.Publisher;
import dev.shoebox.destination.opening.DestinationOpener;
import dev.shoebox.destination.opening.Recovery;
import dev.shoebox.destination.records.BackupStatus;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.destination.records.run.FailedFile;
import dev.shoebox.destination.records.run.FailedFiles;
import dev.shoebox.destination.records.run.RunRecords;
import dev.shoebox.history.RecordName;
import dev.shoebox.history.RunRecord;
import dev.shoebox.history.RunRecordJson;
import dev.shoebox.photos.source.SourceId;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** The records of runs in a shoebox. */
public final class RunLog {
    private final DestinationOpener.Opened opened;
    private final ProvenanceReader memory;

    RunLog(DestinationOpener.Opened opened, ProvenanceReader memory) {
        this.opened = opened;
        this.memory = memory;
    }

    /**
     * Records a run after its ingest is closed, however it ended: a line of the journal and a row of the catalogue,
     * which {@link Destination#status} counts, and the whole record below {@link RunRecords#IN_SHOEBOX}.
     *
     * @param run with known source and ending
     * @param zone the time zone for times that are known only in UTC
     * @throws DestinationException if the journal cannot be written; failure to write the whole record is ignored
     */
    public void record(RunRecord run, ZoneId zone) throws DestinationException {
        Publisher.Writing writing = writing();
        List<String> limits =
                writing.abilities().limits().stream().map(DiskLimitation::word).toList();
        var event = new Journal.RunEnded(run, zone.getId(), limits);
        try {
            Recovery.note(event, writing, opened.catalogue());
        } catch (IOException e) {
            throw DestinationException.of(e, opened.disk());
        }
        try {
            keep(RecordName.ended(run), run);
        } catch (IOException unwritable) {
            // The journal has what counts; the computer of the run keeps the whole record.
        }
    }

    /**
     * Returns every {@linkplain #record recorded} run, the earliest first, with the facts in the journal.
     *
     * @param root the folder, as given by the user
     */
    public List<RunRecord> all(Path root) throws DestinationException {
        return opened.catalogue().runs().stream()
                .map(ended -> ended.run().at(root.toString()))
                .toList();
    }

    /** Stores the record of a run beside the journal; see {@link RunRecords#keep}. */
    public void keep(String name, RunRecord run) throws IOException {
        writing();
        new RunRecords(opened.disk(), RunRecords.IN_SHOEBOX).keep(name, RunRecordJson.of(run));
    }

    /** Returns the stored records, the newest first; their number is bounded, see {@link RunRecords}. */
    public List<RunRecords.Text> texts() throws IOException {
        return new RunRecords(opened.disk(), RunRecords.IN_SHOEBOX).texts();
    }

    /**
     * Returns the files of a source that the last run could not back up, if it got as far as reading; empty if
     * unreadable.
     */
    public List<FailedFile> troubles(SourceId source) {
        try {
            return FailedFiles.read(opened.disk(), source);
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    /** Replaces the recorded failed files of a source. */
    public void recordTroubles(SourceId source, List<FailedFile> troubles) throws DestinationException {
        writing();
        try {
            FailedFiles.write(opened.disk(), source, troubles);
        } catch (IOException e) {
            throw DestinationException.of(e, opened.disk());
        }
    }

    /**
     * Copies facts about a source from another backup whose files of it are all in this one: its last complete run, and
     * its library notes if they are newer.
     */
    public void takeOver(RunLog other, SourceId source) throws DestinationException {
        Optional<RunRecord> theirs = lastComplete(other, source);
        Optional<RunRecord> ours = lastComplete(this, source);
        boolean isNewer = theirs.isPresent()
                && ours.filter(run -> !run.ended().isBefore(theirs.get().ended()))
                        .isEmpty();
        if (isNewer) {
            try {
                Recovery.note(other.event(theirs.get()), writing(), opened.catalogue());
            } catch (IOException e) {
                throw DestinationException.of(e, opened.disk());
            }
        }
        takeOverAlbums(other, source, isNewer);
    }

    /** Copies the library notes of a source from another backup if this one has none. */
    public void takeOverAlbums(RunLog other, SourceId source) throws DestinationException {
        takeOverAlbums(other, source, false);
    }

    private void takeOverAlbums(RunLog other, SourceId source, boolean isNewer) throws DestinationException {
        Optional<LibraryNotes> notes = other.memory.libraryNotes(source);
        if (notes.isPresent() && (isNewer || memory.libraryNotes(source).isEmpty())) {
            memory.recordLibraryNotes(source, notes.get());
        }
    }

    private Journal.RunEnded event(RunRecord run) throws DestinationException {
        return opened.catalogue().runs().stream()
                .filter(ended -> ended.run().equals(run))
                .findFirst()
                .orElseThrow();
    }

    private static Optional<RunRecord> lastComplete(RunLog backup, SourceId source) throws DestinationException {
        return backup.opened.catalogue().status().stream()
                .filter(status -> status.source().kind() == source.kind()
                        && status.source().id().equals(source.id()))
                .findFirst()
                .flatMap(BackupStatus::lastCompleteRun);
    }

    private Publisher.Writing writing() {
        return opened.writing().orElseThrow(() -> new IllegalStateException("opened for looking only"));
    }
}
