package dev.shoebox.destination;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.destination.records.Manifest;
import dev.shoebox.photos.Resource;
import dev.shoebox.text.Sha256;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A series of runs into one destination on a disk of the model, and every condition that must never occur. */
final class Trial extends IngestTrial {
    private static final int SHOTS_PER_BATCH = 4;

    /** A user's own file, at the path of a photo. */
    private static final String THEIRS = "2024/04/IMG_0024.HEIC";

    private final DiskProfile profile;
    private final UnaryOperator<Disk> mutation;

    private final OtherPhone other = new OtherPhone();

    /** What happened to photos since: their current content, empty if they are missing. */
    private final Map<String, Optional<String>> damaged = new HashMap<>();

    /** The paths of deleted photos: until they are stored again, no line tells what is there. */
    private final Set<String> deleted = new HashSet<>();

    /** Photos that were moved by hand, by their earlier path: the files that were not reported since. */
    private final Map<String, Set<Resource>> moved = new HashMap<>();

    private boolean isTidied;
    private boolean isDoubting;

    private final Set<String> seen = new HashSet<>();
    private Optional<String> identity = Optional.empty();
    private int failedRuns;

    /** @param mutation the defect of the protocol, between the destination and the disk */
    Trial(DiskProfile profile, UnaryOperator<Disk> mutation, long seed) throws IOException {
        super(profile, seed);
        this.profile = profile;
        this.mutation = mutation;
    }

    @Override
    void attempt() throws IOException {
        try {
            run();
        } finally {
            failedRuns += faults.struck() ? 1 : 0;
        }
    }

    /** Everything is written, as some time after a run. */
    void settle() {
        medium.settle();
    }

    /** The following runs are repairs: one photo in four is lost, another has other bytes, or none. */
    void damage() throws IOException {
        int number = 0;
        for (Map.Entry<String, String> photo : photos().entrySet()) {
            if (number++ % 4 == 0 && !photo.getKey().equals(THEIRS)) {
                Optional<String> content =
                        switch (number % 3) {
                            case 0 -> Optional.empty();
                            case 1 -> Optional.of("damaged " + photo.getValue().substring(8));
                            default ->
                                Optional.of(photo.getValue()
                                        .substring(0, photo.getValue().length() / 2));
                        };
                medium.damage(photo.getKey(), content.map(words -> words.getBytes(StandardCharsets.UTF_8)));
                damaged.put(photo.getKey(), content);
                told.values().removeIf(photo.getKey()::equals);
            }
        }
        faults = Faults.none();
        check("after the damage");
    }

    /** The user deletes one photo in three: the following runs store them again, where {@code SHA256SUMS} lists them. */
    void delete() throws IOException {
        int number = 0;
        for (String path : photos().keySet()) {
            if (number++ % 3 == 0 && !path.equals(THEIRS)) {
                medium.damage(path, Optional.empty());
                deleted.add(path);
                told.values().removeIf(path::equals);
            }
        }
        faults = Faults.none();
        check("after photos were deleted");
    }

    /** The next run builds the catalogue anew. */
    void loseCatalogue() throws IOException {
        CatalogueCopy.NONE.restore(folder);
    }

    /** The following runs only record that the library of the other phone is unreliable. */
    void doubting() {
        isDoubting = true;
    }

    /** A run, undisturbed, that finds nothing to do. */
    void opens() throws IOException {
        faults = Faults.none();
        open().close();
    }

    /** How many lines of the journal record that a library is unreliable. */
    long doubts() {
        return lines(Journal.FILE).stream()
                .flatMap(line -> Journal.parse(line).stream())
                .filter(Journal.Doubted.class::isInstance)
                .count();
    }

    /**
     * The following runs reconcile: one photo in three was renamed, some into a folder, and two changed places.
     *
     * @param durably whether the new names are durable
     */
    void tidy(boolean durably) throws IOException {
        CrashDisk hands = hands();
        hands.makeFolder("Tidy");
        List<String> paths =
                photos().keySet().stream().filter(path -> !path.equals(THEIRS)).toList();
        for (int i = 0; i + 1 < paths.size(); i += 3) {
            String path = paths.get(i);
            if (i % 2 == 0) {
                moveByHand(hands, path, i % 4 == 0 ? "Tidy/" + i + ".HEIC" : path + " copy.heic");
            } else {
                String other = paths.get(i + 1);
                moveByHand(hands, path, "third");
                moveByHand(hands, other, path);
                moveByHand(hands, "third", other);
            }
        }
        if (durably) {
            settle();
        }
        isTidied = true;
        faults = Faults.none();
        check("after it was tidied");
    }

    private void moveByHand(CrashDisk hands, String from, String to) throws IOException {
        hands.move(from, to);
        told.forEach((resource, path) -> {
            if (path.equals(from)) {
                moved.computeIfAbsent(from, key -> new HashSet<>()).add(resource);
            }
        });
        told.values().removeIf(from::equals);
    }

    private void reconcile() throws IOException {
        try (Destination destination = open()) {
            destination.ownerChanges().reconcile().moved().forEach((from, to) -> {
                if (!faults.isDead()) {
                    moved.getOrDefault(from, Set.of()).forEach(resource -> told.put(resource, to));
                }
            });
        }
    }

    /** Every photo that was damaged and not lost must still exist as it was found. */
    void requireSetAside() {
        damaged.values().stream()
                .flatMap(Optional::stream)
                .filter(content -> !isThere(content))
                .forEach(content -> wrong.add("deleted: " + content));
    }

    private boolean isThere(String content) {
        return medium.names().values().stream()
                .anyMatch(name -> text(name.node()).equals(content));
    }

    @Override
    void cutPower() throws IOException {
        super.cutPower();
        // A disk that failed run after run may bring back a removed name with bytes that another file reused: no list
        // has it, and the next run sets it aside.
        if (profile.renameResets() || (failedRuns > 1 && profile.namesOwnBytes())) {
            return;
        }
        photos().forEach((path, content) -> {
            if (!isKnown(content)) {
                wrong.add("torn under a photo's name: " + path);
            }
        });
    }

    /** The next run, undisturbed: it must reach the state of an undisturbed one, and that state must be durable. */
    void undisturbed(Remains expected) throws IOException {
        undisturbed(expected, 1);
    }

    /** @param cuts in how many ways the power fails afterwards */
    void undisturbed(Remains expected, int cuts) throws IOException {
        faults = Faults.none();
        try {
            run();
        } catch (IOException e) {
            wrong.add("the next run fails: " + e);
            return;
        }
        check("after the next run");
        Remains state = state();
        if (!state.equals(expected)) {
            wrong.add("another end: " + expected.difference(state));
        }
        for (String content : seen) {
            // Between two names that may both be lost, a damaged file may be lost.
            if (!isThere(content) && !(profile.namesOwnBytes() && damaged.containsValue(Optional.of(content)))) {
                wrong.add("deleted: " + content);
            }
        }
        // What was repaired or verified must last like any other photo.
        damaged.clear();
        deleted.clear();
        eachPowerCut(cuts, () -> {
            check("after a power cut at the end");
            if (!photos().equals(state.photos())) {
                // Photos that the next run took over from a killed one count as safe, and nobody reported them.
                wrong.add("not kept at the end: "
                        + state.difference(new Remains(photos(), state.manifest(), state.catalogued())));
            }
        });
    }

    private boolean isKnown(String content) {
        if (damaged.containsValue(Optional.of(content))) {
            return true;
        }
        return content.equals("theirs")
                || TwentyShots.parts().stream().anyMatch(part -> part.content().equals(content));
    }

    @Override
    void check(String when) throws IOException {
        Map<String, String> photos = photos();
        Set<String> listed = new HashSet<>(manifest());
        // During a rewrite, its lines are in neither file; the next opening completes that.
        listed.addAll(lines(Identity.FOLDER + "/manifest.new"));
        photos.values().stream().filter(content -> !content.isEmpty()).forEach(seen::add);
        for (Backups.Part part : TwentyShots.parts()) {
            String path = told.get(part.resource());
            if (path == null) {
                continue;
            }
            if (!part.content().equals(photos.get(path))) {
                wrong.add(when + " lost or changed: " + path);
            } else if (!listed.contains(new Manifest(Sha256.hex(part.content()), path).line())) {
                wrong.add(when + " not listed: " + path);
            }
        }
        for (String line : listed) {
            Optional<Manifest> parsed = Manifest.parse(line);
            String content = parsed.map(entry -> photos.get(entry.path())).orElse(null);
            if (content != null
                    && !isTidied
                    && !Sha256.hex(content).equals(parsed.get().sha256())
                    && !((damaged.containsKey(parsed.get().path())
                                    || deleted.contains(parsed.get().path()))
                            && !told.containsValue(parsed.get().path()))) {
                wrong.add(when + " listed with other content: " + line);
            }
        }
        if (!told.isEmpty() && !"theirs".equals(photos.get(THEIRS))) {
            wrong.add(when + " somebody's own file was replaced");
        }
        Optional<String> now = medium.at(Identity.FILE).map(name -> text(name.node()));
        if (identity.isPresent() && !now.equals(identity)) {
            wrong.add(when + " another identity");
        }
        identity = told.isEmpty() ? Optional.empty() : now;
    }

    private Map<String, String> photos() {
        var photos = new TreeMap<String, String>();
        for (Medium.Name name : medium.names().values()) {
            if (!name.node().folder
                    && !name.path().startsWith(Identity.FOLDER + "/")
                    && !name.path().equals(Manifest.FILE)) {
                photos.put(name.path(), text(name.node()));
            }
        }
        return photos;
    }

    private List<String> manifest() {
        return lines(Manifest.FILE);
    }

    private List<String> lines(String path) {
        return medium.at(path)
                .map(name -> text(name.node()).lines().sorted().toList())
                .orElse(List.of());
    }

    /** The current state; opens the destination to read its catalogue. */
    Remains state() throws IOException {
        try (Destination destination = open();
                var stored = destination.stored(Backups.PHONE);
                var known = destination.stored(Backups.OTHER_PHONE)) {
            Map<String, String> photos = photos();
            Stream<String> ofOther = known.map(each -> other.told(each, destination, photos, wrong));
            return new Remains(
                    photos,
                    manifest(),
                    Stream.concat(
                                    stored.map(each -> each.file().path() + " -> " + each.path() + " " + each.size()),
                                    ofOther)
                            .sorted()
                            .collect(Collectors.toList()));
        }
    }

    private Destination open() throws DestinationException {
        var disk = new CrashDisk(medium, faults, new PathDisk(folder));
        return Destination.open(
                folder, OpenMode.CREATE_IF_EMPTY, Backups.CLOCK, root -> mutation.apply(disk), line -> {});
    }

    void run() throws IOException {
        if (isDoubting) {
            try (Destination destination = open()) {
                destination.recognition().doubt(Backups.OTHER_PHONE);
            }
        } else if (isTidied) {
            reconcile();
        } else if (damaged.isEmpty()) {
            backUp();
        } else {
            repair();
        }
    }

    private void repair() throws IOException {
        var disk = new CrashDisk(medium, faults, new PathDisk(folder));
        try (Repair repair = Repair.open(folder, Backups.CLOCK, root -> mutation.apply(disk), line -> {})) {
            mend(repair, TwentyShots.parts());
        }
    }

    private void backUp() throws IOException {
        try (Destination destination = open()) {
            medium.keep(THEIRS, "theirs".getBytes(StandardCharsets.UTF_8));
            storeMissing(destination, List.of(TwentyShots.ALL), SHOTS_PER_BATCH);
            other.recognise(destination);
        }
    }
}
