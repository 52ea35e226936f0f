package dev.shoebox.destination;

import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.destination.records.Manifest;
import dev.shoebox.destination.tidy.Adopter;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.text.Sha256;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A folder that a user filled, on a disk of the model: its files are adopted, then some are deleted by hand and
 * forgotten. Whatever is interrupted, no file of the user is changed, what counts as backed up has the content that was
 * read, and the next run reaches the state of an undisturbed one.
 */
final class OwnFilesTrial extends DiskTrial {
    private static final int FILES = 12;
    private static final int BATCH = 4;
    private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");

    private final UnaryOperator<Disk> mutation;

    /** The files by path, as their owner made them. */
    private final Map<String, String> theirs = new TreeMap<>();

    /** The paths that count as backed up. */
    private final Set<String> safe = new HashSet<>();

    private final Set<String> letGo = new HashSet<>();

    /** Deleted files that a power cut brought back; they may have been forgotten before it or not. */
    private final Map<String, String> returned = new TreeMap<>();

    private boolean isForgetting;

    /** @param durably whether the files are already durable */
    OwnFilesTrial(DiskProfile profile, boolean durably, UnaryOperator<Disk> mutation, long seed) throws IOException {
        super(profile, seed);
        this.mutation = mutation;
        Disk hands = hands();
        for (String each : List.of("2023", "2023/May", "Phone")) {
            hands.makeFolder(each);
        }
        for (int i = 0; i < FILES; i++) {
            String path = (i % 3 == 0 ? "" : i % 3 == 1 ? "2023/May/" : "Phone/") + "IMG_" + i + ".JPG";
            String content = ("theirs " + i + " ").repeat(9 + i);
            try (Disk.Out out = hands.create(path)) {
                out.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
            }
            theirs.put(path, content);
        }
        if (durably) {
            medium.settle();
        }
    }

    /** The following runs forget files that were deleted by hand: one in three. */
    void forgetting(boolean durably) throws IOException {
        medium.settle();
        Disk hands = hands();
        List<String> paths = List.copyOf(theirs.keySet());
        for (int i = 0; i < paths.size(); i += 3) {
            hands.delete(paths.get(i));
            letGo.add(Sha256.hex(theirs.remove(paths.get(i))));
            safe.remove(paths.get(i));
        }
        if (durably) {
            medium.settle();
        }
        isForgetting = true;
        faults = Faults.none();
    }

    @Override
    void attempt() throws IOException {
        var disk = new CrashDisk(medium, faults, new PathDisk(folder));
        try (Destination destination = Destination.open(
                folder, OpenMode.INITIALISE, Backups.CLOCK, root -> mutation.apply(disk), line -> {})) {
            if (isForgetting) {
                destination.ownerChanges().forget(List.of(""));
            } else {
                adopt(destination);
            }
        }
    }

    private void adopt(Destination destination) throws IOException {
        Adopter adopter = destination.ownerChanges().adopter("hand");
        List<MediaFile> wanted = new ArrayList<>();
        for (String path : theirs.keySet()) {
            Optional<Medium.Name> there = medium.at(path);
            if (there.isEmpty()) {
                // Its loss is noted already.
                continue;
            }
            int size = there.get().node().bytes().length;
            MediaFile file = new MediaFile(path, size, Backups.CLOCK.instant(), Optional.empty());
            if (adopter.isFile(file) && !adopter.isKnown(file)) {
                wanted.add(file);
            }
        }
        if (!wanted.isEmpty()) {
            adopter.begin();
        }
        for (int from = 0; from < wanted.size(); from += BATCH) {
            List<Adopter.Adopted> batch = new ArrayList<>();
            for (MediaFile file : wanted.subList(from, Math.min(wanted.size(), from + BATCH))) {
                var content = adopter.read(file.path(), file.size());
                if (adopter.contradicts(file.path(), content.digests().sha256())) {
                    wrong.add("recorded otherwise than it is: " + file.path());
                }
                batch.add(new Adopter.Adopted(new Resource(file, Role.PHOTO), file.path(), Optional.empty(), content));
            }
            adopter.record(batch, NOW);
            if (!faults.isDead()) {
                batch.forEach(each -> safe.add(each.resource().file().path()));
            }
        }
        adopter.end();
    }

    /** The next run, undisturbed: after it, everything is done and durable. */
    void undisturbed() throws IOException {
        if (!goesOn()) {
            return;
        }
        requireDone();
        cutPower();
        check("after a power cut at the end");
        requireDone();
    }

    private void requireDone() throws IOException {
        List<String> expected = theirs.entrySet().stream()
                .map(each -> new Manifest(Sha256.hex(each.getValue()), each.getKey()).line())
                .sorted()
                .toList();
        List<String> listed = manifest().stream()
                .filter(line -> !isReturned(line.substring(0, Math.min(64, line.length()))))
                .toList();
        if (!expected.equals(listed)) {
            wrong.add("listed: " + listed + " instead of " + expected);
        }
        try (Destination destination =
                Destination.open(folder, OpenMode.REQUIRE_EXISTING, Backups.CLOCK, root -> hands(), line -> {})) {
            Adopter adopter = destination.ownerChanges().adopter("hand");
            for (Map.Entry<String, String> each : theirs.entrySet()) {
                int size = each.getValue().length();
                if (!adopter.isKnown(new MediaFile(each.getKey(), size, NOW, Optional.empty()))
                        || adopter.contradicts(each.getKey(), Sha256.hex(each.getValue()))) {
                    wrong.add("not adopted: " + each.getKey());
                }
            }
            if (destination.ownerChanges().isAdopting()) {
                wrong.add("the adoption did not end");
            }
            Set<String> forgotten =
                    new HashSet<>(destination.ownerChanges().forgotten().keySet());
            forgotten.removeIf(this::isReturned);
            if (isForgetting && !forgotten.equals(letGo)) {
                wrong.add("let go: " + forgotten + " instead of " + letGo);
            }
        }
    }

    @Override
    void cutPower() throws IOException {
        super.cutPower();
        // A file that was never reported is as its owner's copying left it.
        for (String path : List.copyOf(theirs.keySet())) {
            if (!safe.contains(path)) {
                medium.at(path).ifPresentOrElse(name -> theirs.put(path, text(name.node())), () -> theirs.remove(path));
            }
        }
        if (isForgetting) {
            bringBack();
        }
    }

    private void bringBack() {
        for (Medium.Name name : medium.names().values()) {
            String path = name.path();
            if (path.endsWith(".JPG") && !path.startsWith(Identity.FOLDER) && !theirs.containsKey(path)) {
                returned.put(path, text(name.node()));
                letGo.remove(Sha256.hex(text(name.node())));
            }
        }
    }

    private boolean isReturned(String sha256) {
        return returned.values().stream()
                .anyMatch(content -> Sha256.hex(content).equals(sha256));
    }

    @Override
    void check(String when) {
        Map<String, String> all = new TreeMap<>(theirs);
        all.putAll(returned);
        all.forEach((path, content) -> {
            if (medium.at(path)
                    .filter(name -> text(name.node()).equals(content))
                    .isEmpty()) {
                wrong.add(when + " lost or changed: " + path);
            }
        });
        List<String> listed = new ArrayList<>(manifest());
        // During a rewrite, its lines are in neither file; the next opening completes that.
        listed.addAll(lines(Identity.FOLDER + "/manifest.new"));
        for (String path : safe) {
            if (!listed.contains(new Manifest(Sha256.hex(theirs.get(path)), path).line())) {
                wrong.add(when + " not listed: " + path);
            }
        }
    }

    private List<String> manifest() {
        return lines(Manifest.FILE);
    }

    private List<String> lines(String path) {
        return medium.at(path)
                .map(name -> text(name.node()).lines().sorted().toList())
                .orElse(List.of());
    }
}
