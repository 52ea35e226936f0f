package dev.shoebox.destination;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.destination.ingest.Ingest;
import dev.shoebox.destination.ingest.IngestListener;
import dev.shoebox.destination.naming.Layout;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.destination.records.Manifest;
import dev.shoebox.destination.records.StoredFile;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.text.Sha256;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static dev.shoebox.destination.Backups.photo;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A destination on a disk of the model in which others write, too: their SHA256SUMS was there first, with one false and
 * one true line; lines come and go; another computer holds the lock; a photo rots and is stored a second time.
 */
final class ConcurrentEditsTrial extends DiskTrial {
    private static final int PHOTOS = 6;
    private static final int PER_BATCH = 2;

    /** Listed with the checksum of photo 3, and of its size, but with other bytes. */
    static final String LIAR = "theirs/liar.jpg";

    /** Listed with the checksum of photo 4, and with its bytes. */
    private static final String TRUE = "theirs/true.jpg";

    private static final String FOREIGN_LOCK = "{\"host\":\"attic\",\"computer\":\"another\",\"boot\":\"1\",\"pid\":1,"
            + "\"run\":\"2\",\"beat\":\"000000000007\"}\n";

    private final UnaryOperator<Disk> mutation;
    private boolean isRepair;

    /** The contents that were reported as safe. */
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /** The lines by others. */
    private final List<String> theirs = new ArrayList<>();

    /**
     * @param mutation the defect of the protocol, between the destination and the disk
     * @param lies whether one of the earlier lines is false; a repair would change its file
     */
    ConcurrentEditsTrial(DiskProfile profile, UnaryOperator<Disk> mutation, long seed, boolean lies)
            throws IOException {
        super(profile, seed);
        this.mutation = mutation;
        theirs.add("# what I keep here");
        if (lies) {
            theirs.add(line(content(3), LIAR));
        }
        theirs.add(line(content(4), TRUE));
        medium.keep(Manifest.FILE, (String.join("\n", theirs) + "\n").getBytes(UTF_8));
        medium.keep(LIAR, lie().getBytes(UTF_8));
        medium.keep(TRUE, content(4).getBytes(UTF_8));
    }

    static String content(int number) {
        return ("photo " + number + " ").repeat(12 + number) + "end";
    }

    private static String lie() {
        return "x".repeat(content(3).length());
    }

    private static Backups.Shot shot(int number) {
        return photo("DCIM/100APPLE/IMG_000" + number + ".HEIC", content(number));
    }

    private static String line(String content, String path) {
        return new Manifest(Sha256.hex(content), path).line();
    }

    /** The next run and another, both undisturbed: everything is safe, and files and lines by others exist. */
    void undisturbed() throws IOException {
        for (int i = 0; i < 2; i++) {
            if (!goesOn()) {
                return;
            }
        }
        for (int number = 0; number < PHOTOS; number++) {
            requireListed(content(number), "at the end");
        }
        List<String> lines = lines();
        for (String line : theirs) {
            if (!lines.contains(line)) {
                wrong.add("lost their line: " + line);
            }
        }
        for (String line : lines) {
            Optional<Manifest> listed = Manifest.parse(line);
            String is = listed.map(entry -> photos().get(entry.path())).orElse(null);
            if (is != null && !Sha256.hex(is).equals(listed.get().sha256()) && !theirs.contains(line)) {
                wrong.add("listed with other content: " + line);
            }
        }
        cutPower();
        check("after a power cut at the end");
    }

    /** A user edits SHA256SUMS: adds notes and lines, deletes some of ours, changes all line ends. */
    void edit() {
        Optional<Medium.Name> manifest = medium.at(Manifest.FILE);
        if (manifest.isEmpty()) {
            return;
        }
        List<String> lines = new ArrayList<>(lines());
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(lines.size() + 1);
            int mine = Math.min(at, lines.size() - 1);
            if (random.nextBoolean()) {
                String note = random.nextBoolean()
                        ? "# note " + random.nextInt()
                        : line(content(5), "not/there" + random.nextInt() + ".jpg");
                theirs.add(note);
                lines.add(at, note);
            } else if (mine >= 0 && !theirs.contains(lines.get(mine))) {
                lines.remove(mine);
            }
        }
        String end = random.nextInt(4) == 0 ? "\r\n" : "\n";
        String text = String.join(end, lines) + (random.nextBoolean() ? end : "");
        medium.damage(Manifest.FILE, Optional.of(text.getBytes(ISO_8859_1)));
    }

    /** A run of another computer is or was under way: this one must not begin. */
    void heldByAnother() throws IOException {
        Map<String, String> before = everything();
        Path record = folder.resolve(Identity.FOLDER).resolve("lock.json");
        Files.writeString(record, FOREIGN_LOCK);
        Files.deleteIfExists(folder.resolve(Identity.FOLDER).resolve("lock"));
        faults = Faults.none();
        try {
            attempt();
            wrong.add("ran beside another computer");
        } catch (DestinationException.InUse held) {
            if (!Files.readString(record).equals(FOREIGN_LOCK)) {
                wrong.add("wrote into another computer's record");
            }
        }
        Files.deleteIfExists(record);
        if (!everything().equals(before)) {
            wrong.add("changed something beside another computer");
        }
    }

    /** Photo 0 rots and arrives again from another phone; the following runs are repairs. */
    void rot() throws IOException {
        faults = Faults.none();
        attempt();
        medium.settle();
        String first = photos().entrySet().stream()
                .filter(photo -> photo.getValue().equals(content(0)))
                .findFirst()
                .orElseThrow()
                .getKey();
        medium.damage(first, Optional.of("y".repeat(content(0).length()).getBytes(UTF_8)));
        told.remove(content(0));
        backUp(Backups.OTHER_PHONE, 1);
        requireListed(content(0), "after it was stored again");
        medium.settle();
        isRepair = true;
    }

    @Override
    void attempt() throws IOException {
        if (isRepair) {
            repair();
        } else {
            backUp(Backups.PHONE, PHOTOS);
        }
    }

    private void repair() throws IOException {
        try (Repair repair = Repair.open(folder, Backups.CLOCK, this::disk, line -> {})) {
            for (Repair.Damage damage : repair.examine(new Found())) {
                repair.mend(damage);
            }
            repair.reconcile();
        }
    }

    private Disk disk(Path root) {
        return mutation.apply(new CrashDisk(medium, faults, new PathDisk(folder)));
    }

    private void backUp(SourceId source, int photos) throws IOException {
        try (Destination destination =
                Destination.open(folder, OpenMode.INITIALISE, Backups.CLOCK, this::disk, line -> {})) {
            Set<MediaFile> present;
            try (var stored = destination.stored(source)) {
                present = stored.filter(destination::isPresent)
                        .map(StoredFile::file)
                        .collect(Collectors.toSet());
            }
            var backups = new Backups(folder);
            try (Ingest ingest = destination.ingest(source, Layout.parse("month"), listener())) {
                for (int number = 0; number < photos; number++) {
                    if (!present.contains(shot(number).parts().get(0).resource().file())) {
                        ingest.store(backups.arrival(ingest, shot(number)));
                    }
                    if (number % PER_BATCH == PER_BATCH - 1) {
                        ingest.flush();
                    }
                }
                ingest.flush();
            }
        }
    }

    private IngestListener listener() {
        return new IngestListener() {
            @Override
            public void copied(Resource resource, String path) {
                tell(resource.file().path());
            }

            @Override
            public void duplicate(Resource resource, String path) {
                tell(resource.file().path());
            }

            @Override
            public void unproven(Resource resource, String path) {
                // The next run reads it again.
            }
        };
    }

    private void tell(String source) {
        // A dead process reports nothing.
        if (!faults.isDead()) {
            IntStream.range(0, PHOTOS)
                    .filter(number -> source.endsWith(number + ".HEIC"))
                    .forEach(number -> told.add(content(number)));
        }
    }

    @Override
    void check(String when) {
        told.forEach(content -> requireThere(content, when));
        Map<String, String> photos = photos();
        if (!lie().equals(photos.get(LIAR)) || !content(4).equals(photos.get(TRUE))) {
            wrong.add(when + " somebody's own file was changed");
        }
    }

    private void requireThere(String content, String when) {
        if (!photos().containsValue(content)) {
            wrong.add(when + " lost: " + content.substring(0, 8));
        }
    }

    private void requireListed(String content, String when) {
        List<String> lines = lines();
        if (photos().entrySet().stream()
                .noneMatch(
                        photo -> photo.getValue().equals(content) && lines.contains(line(content, photo.getKey())))) {
            wrong.add(when + " not there or not listed: " + content.substring(0, 8) + photos().keySet() + lines());
        }
    }

    private Map<String, String> everything() {
        var all = new HashMap<String, String>();
        medium.names().values().stream()
                .filter(name -> !name.node().folder)
                .forEach(name -> all.put(name.path(), new String(name.node().bytes(), ISO_8859_1)));
        return all;
    }

    private Map<String, String> photos() {
        Map<String, String> photos = everything();
        photos.keySet().removeIf(path -> path.startsWith(Identity.FOLDER + "/") || path.equals(Manifest.FILE));
        return photos;
    }

    private List<String> lines() {
        return everything().getOrDefault(Manifest.FILE, "").lines().toList();
    }
}
