package dev.shoebox.backup;

import dev.shoebox.backup.Planner.Step;
import dev.shoebox.backup.Transfer.Failure;
import dev.shoebox.destination.DestinationException;
import dev.shoebox.destination.Intake;
import dev.shoebox.destination.Intake.StagedResource;
import dev.shoebox.destination.Staged;
import dev.shoebox.photos.MediaSource.Request;
import dev.shoebox.photos.MediaStream.Bytes;
import dev.shoebox.photos.MediaStream.Piece;
import dev.shoebox.photos.MediaStream.Whole;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.Unreadable;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of one pass on their way from the source: pieces come in, staged files fill, and each asset goes to the
 * intake as soon as its last file is here or known to be unreadable. One broken half never holds back the other.
 */
final class Arriving implements Closeable {
    /** Finds out when an asset was taken, and what else a layout wants to know. */
    interface Dating {
        Intake.Arrival arrival(Step step, List<StagedResource> whole) throws IOException;
    }

    private final Intake intake;
    private final Dating dating;
    private final Tally tally;

    /** What is still to come, by path, in the order it was planned. */
    private final Map<String, Part> outstanding = new LinkedHashMap<>();

    Arriving(List<Step> steps, Intake intake, Dating dating, Tally tally) {
        this.intake = intake;
        this.dating = dating;
        this.tally = tally;
        for (Step step : steps) {
            Assembly assembly = new Assembly(step);
            step.missing().forEach(resource -> outstanding.put(resource.file().path(), new Part(assembly, resource)));
        }
    }

    boolean isComplete() {
        return outstanding.isEmpty();
    }

    List<Request> outstanding() {
        return outstanding.values().stream()
                .map(part -> new Request(
                        part.resource.file(), part.staged.map(Staged::length).orElse(0L)))
                .toList();
    }

    /** Takes the next piece of the stream; answers the failure if it tells of one. */
    Optional<Failure> take(Piece piece) throws IOException {
        Part part = outstanding.get(piece.path());
        if (part == null) {
            throw new IllegalStateException("The source sent a piece of a file nobody asked for: " + piece.path());
        }
        if (piece instanceof Bytes bytes) {
            int count = bytes.buffer().remaining();
            staged(part).write(bytes.buffer(), bytes.release());
            tally.tell(new BackupEvent.Received(count));
        } else if (piece instanceof Whole) {
            Staged staged = staged(part);
            part.assembly.whole.add(new StagedResource(part.resource, staged));
            part.staged = Optional.empty();
            settle(part);
        } else if (piece instanceof Unreadable unreadable) {
            return Optional.of(giveUp(unreadable));
        }
        return Optional.empty();
    }

    /** Counts a file as unreadable, for this pass. */
    Failure giveUp(Unreadable why) throws IOException {
        Part part = outstanding.get(why.path());
        drop(part);
        settle(part);
        return new Failure(part.assembly.step, part.resource, why);
    }

    /** Forgets the bytes of files that have not come whole: after a loss they are read again. */
    void dropPartial() {
        outstanding.values().forEach(this::drop);
    }

    /** Stores what came whole of assets that will not be completed by this pass. */
    void storeWhatIsWhole() throws IOException {
        List<Assembly> incomplete = outstanding.values().stream()
                .map(part -> part.assembly)
                .distinct()
                .toList();
        for (Assembly assembly : incomplete) {
            store(assembly);
        }
    }

    /** Throws away what was neither stored nor completed. */
    @Override
    public void close() {
        outstanding.values().forEach(part -> {
            drop(part);
            part.assembly.whole.forEach(file -> file.staged().close());
        });
    }

    private Staged staged(Part part) throws DestinationException {
        if (part.staged.isEmpty()) {
            part.staged = Optional.of(intake.stage(part.resource.file()));
            tally.tell(new BackupEvent.Started(part.resource));
        }
        return part.staged.get();
    }

    private void drop(Part part) {
        part.staged.ifPresent(staged -> {
            tally.tell(new BackupEvent.Received(-staged.length()));
            staged.close();
        });
        part.staged = Optional.empty();
    }

    private void settle(Part part) throws IOException {
        outstanding.remove(part.resource.file().path());
        if (--part.assembly.awaited == 0) {
            store(part.assembly);
        }
    }

    private void store(Assembly assembly) throws IOException {
        if (!assembly.whole.isEmpty()) {
            List<StagedResource> whole = List.copyOf(assembly.whole);
            intake.store(dating.arrival(assembly.step, whole));
            assembly.whole.clear();
        }
    }

    /** An asset being put together. */
    private static final class Assembly {
        private final Step step;
        private final List<StagedResource> whole = new ArrayList<>();
        private int awaited;

        Assembly(Step step) {
            this.step = step;
            this.awaited = step.missing().size();
        }
    }

    /** One file of an asset, on its way. */
    private static final class Part {
        private final Assembly assembly;
        private final Resource resource;
        private Optional<Staged> staged = Optional.empty();

        Part(Assembly assembly, Resource resource) {
            this.assembly = assembly;
            this.resource = resource;
        }
    }
}
