package dev.shoebox.destination;

import dev.shoebox.Proof;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.records.Manifest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Another program writes in the destination, and the power fails: no line of others is trusted, none is lost, nothing
 * happens during a run of another computer, and a second copy leaves only when the first is complete. The trials that
 * the protocol passes find every defect.
 */
@Tag(Proof.TAG)
@Tag("concurrent-edits")
class ConcurrentEditsTest {
    /** Events between the runs. */
    private enum Scene {
        /** False lines, and lines that come and go. */
        LINES,
        /** A repair that sets a second copy aside. */
        SECOND_COPY
    }

    /** The protocol with one defect. */
    private enum Wrong {
        CLAIM_TAKEN_FOR_PROOF(Scene.LINES),
        NOTES_DROPPED(Scene.LINES),
        OFFSET_BELIEVED(Scene.LINES),
        SECOND_COPY_GOES_WITH_THE_FIRST(Scene.SECOND_COPY),
        THEIR_LINES_GO_WITH_THE_SECOND_COPY(Scene.SECOND_COPY);

        private final Scene scene;

        Wrong(Scene scene) {
            this.scene = scene;
        }

        UnaryOperator<Disk> disk() {
            return switch (this) {
                case CLAIM_TAKEN_FOR_PROOF -> Believing::new;
                case NOTES_DROPPED ->
                    disk -> new Tidying(disk, text -> text.lines()
                            .filter(line -> Manifest.parse(line).isPresent())
                            .map(line -> line + "\n")
                            .collect(Collectors.joining()));
                case OFFSET_BELIEVED ->
                    disk -> new Tidying(disk, text -> text.length() > 250 ? text.substring(0, 250) : text);
                case SECOND_COPY_GOES_WITH_THE_FIRST -> Forgetting::new;
                case THEIR_LINES_GO_WITH_THE_SECOND_COPY -> Rewriting::new;
            };
        }
    }

    /** Returns for the file of a false line what the line claims. */
    private static final class Believing extends DelegatingDisk {
        Believing(Disk disk) {
            super(disk);
        }

        @Override
        public SeekableByteChannel read(String path) throws IOException {
            return path.equals(ConcurrentEditsTrial.LIAR)
                    ? new OneFileDisk(ConcurrentEditsTrial.content(3).getBytes(UTF_8)).read(path)
                    : super.read(path);
        }

        @Override
        public boolean readPastCache(String path, Consumer<ByteBuffer> taker) throws IOException {
            if (!path.equals(ConcurrentEditsTrial.LIAR)) {
                return super.readPastCache(path, taker);
            }
            taker.accept(ByteBuffer.wrap(ConcurrentEditsTrial.content(3).getBytes(UTF_8)));
            return true;
        }
    }

    /** Rewrites SHA256SUMS before it appends to it. */
    private static final class Tidying extends DelegatingDisk {
        private final UnaryOperator<String> change;

        Tidying(Disk disk, UnaryOperator<String> change) {
            super(disk);
            this.change = change;
        }

        @Override
        public Out append(String path) throws IOException {
            Out out = super.append(path);
            if (path.equals(Manifest.FILE)) {
                String text = text(this, path);
                String changed = change.apply(text);
                if (!changed.equals(text)) {
                    out.truncate(0);
                    out.write(ByteBuffer.wrap(changed.getBytes(UTF_8)));
                }
            }
            return out;
        }
    }

    private static String text(Disk disk, String path) throws IOException {
        try (SeekableByteChannel in = disk.read(path)) {
            var bytes = ByteBuffer.allocate((int) in.size());
            while (bytes.hasRemaining() && in.read(bytes) >= 0) {
                // All of it.
            }
            return new String(bytes.array(), 0, bytes.position(), UTF_8);
        }
    }

    /** Deletes the file that it should set aside, and its replacement. */
    private static final class Forgetting extends DelegatingDisk {
        Forgetting(Disk disk) {
            super(disk);
        }

        @Override
        public void delete(String path) throws IOException {
            super.delete(path);
            if (WrongDisk.isPhoto(path)) {
                for (String name : List.copyOf(names("2024/05"))) {
                    if (name.startsWith("IMG_0000")) {
                        super.delete("2024/05/" + name);
                    }
                }
            }
        }

        @Override
        public void move(String from, String fresh) throws IOException {
            super.move(from, fresh);
            if (WrongDisk.isPhoto(from) && fresh.contains("second-")) {
                for (String name : List.copyOf(names("2024/05"))) {
                    if (name.startsWith("IMG_0000")) {
                        super.delete("2024/05/" + name);
                    }
                }
            }
        }
    }

    /** Writes only its own lines when it rewrites SHA256SUMS. */
    private static final class Rewriting extends DelegatingDisk {
        Rewriting(Disk disk) {
            super(disk);
        }

        @Override
        public Out create(String path) throws IOException {
            Out out = super.create(path);
            return !path.contains(Manifest.FILE)
                    ? out
                    : new DelegatingOut(out) {
                        @Override
                        public void write(ByteBuffer bytes) throws IOException {
                            String text = UTF_8.decode(bytes).toString();
                            super.write(ByteBuffer.wrap(text.lines()
                                    .filter(line -> line.contains("  2024/"))
                                    .map(line -> line + "\n")
                                    .collect(Collectors.joining())
                                    .getBytes(UTF_8)));
                        }
                    };
        }
    }

    private static List<String> play(
            Scene scene, DiskProfile profile, Faults.Kind kind, UnaryOperator<Disk> mutation, long seed)
            throws IOException {
        var random = new Random(seed);
        Faults.Kind[] kinds = Faults.Kind.values();
        try (var trial = new ConcurrentEditsTrial(profile, mutation, seed, scene == Scene.LINES)) {
            if (scene == Scene.SECOND_COPY) {
                trial.rot();
                trial.disturbed(random.nextInt(120), kind);
            } else {
                trial.disturbed(random.nextInt(150), kind);
                trial.edit();
                trial.heldByAnother();
                trial.disturbed(random.nextInt(150), kinds[random.nextInt(kinds.length)]);
                trial.edit();
            }
            trial.undisturbed();
            return trial.wrong();
        }
    }

    /** With the disks one after the other, each pair of a disk and a kind in turn. */
    private static Faults.Kind kind(int number) {
        Faults.Kind[] kinds = Faults.Kind.values();
        return kinds[number % kinds.length];
    }

    @ParameterizedTest
    @EnumSource(Scene.class)
    void nothingIsLostAndNoLineIsTrusted(Scene scene) throws IOException {
        long start = System.nanoTime();
        var random = new Random(Proof.seed());
        var failures = new ArrayList<String>();
        // Each kind of fault twice on each disk.
        int cases = Proof.cases(84, 5000);
        for (int i = 0; i < cases; i++) {
            DiskProfile profile = List.of(DiskProfile.values()).get(i % DiskProfile.values().length);
            Faults.Kind kind = kind(i);
            long seed = random.nextLong();
            List<String> wrong = play(scene, profile, kind, UnaryOperator.identity(), seed);
            if (!wrong.isEmpty()) {
                failures.add(profile + " " + kind + " " + seed + ": " + wrong);
            }
        }
        Proof.note(
                "concurrent-edits",
                scene.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                cases,
                failures.isEmpty() ? "0 lost, believed or changed" : failures.size() + " went wrong",
                Duration.ofNanos(System.nanoTime() - start));
        assertEquals(List.of(), failures.stream().limit(6).toList(), failures.size() + " of " + cases);
    }

    @ParameterizedTest
    @EnumSource(Wrong.class)
    void eachWrongProtocolIsFoundWrong(Wrong wrong) throws IOException {
        var random = new Random(Proof.seed());
        int tries = 0;
        boolean found = false;
        while (!found && tries < 300) {
            tries++;
            DiskProfile profile = List.of(DiskProfile.values()).get(random.nextInt(DiskProfile.values().length));
            found = !play(wrong.scene, profile, kind(random.nextInt(6)), wrong.disk(), random.nextLong())
                    .isEmpty();
        }
        assertTrue(found, wrong + " passed " + tries + " trials");
    }

    @Test
    void anUndisturbedRunPasses() throws IOException {
        for (DiskProfile profile : DiskProfile.values()) {
            for (Scene scene : Scene.values()) {
                try (var trial = new ConcurrentEditsTrial(profile, UnaryOperator.identity(), 1, scene == Scene.LINES)) {
                    if (scene == Scene.SECOND_COPY) {
                        trial.rot();
                    }
                    trial.undisturbed();
                    assertEquals(List.of(), trial.wrong(), profile + " " + scene);
                }
            }
        }
    }
}
