package dev.shoebox.destination;

import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.parts.PartLines;
import dev.shoebox.destination.parts.PartedDisk;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.destination.records.Manifest;
import dev.shoebox.photos.Role;
import dev.shoebox.text.Sha256;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static dev.shoebox.destination.Backups.part;
import static dev.shoebox.destination.Backups.photo;
import static dev.shoebox.destination.Backups.shot;

/**
 * A series of runs on a disk that holds no film of this source as one file, and every condition that must never occur.
 */
final class PartsTrial extends IngestTrial {
    /** The largest file of the disk, in bytes. */
    static final int LARGEST = 100;

    private static final String THEIRS = "2024/05/IMG_0006.MOV.002";

    private static final List<Backups.Shot> SHOTS = List.of(
            photo("DCIM/100APPLE/IMG_0001.MOV", film("one ", 3 * LARGEST + 7)),
            photo("DCIM/100APPLE/IMG_0002.HEIC", "a small one"),
            shot(
                    part("DCIM/100APPLE/IMG_0003.HEIC", Role.PHOTO, film("still", LARGEST)),
                    part("DCIM/100APPLE/IMG_0003.MOV", Role.PAIRED_VIDEO, film("moving ", LARGEST + 1))),
            photo("DCIM/101APPLE/IMG_0001.MOV", film("two ", 2 * LARGEST)),
            // A user's file has the name of one of its parts.
            photo("DCIM/100APPLE/IMG_0006.MOV", film("three ", 2 * LARGEST + 50)));

    private final UnaryOperator<Disk> mutation;

    private boolean isRepairing;

    /** @param mutation the defect of the protocol, between the destination and the disk */
    PartsTrial(DiskProfile profile, UnaryOperator<Disk> mutation, long seed) throws IOException {
        super(profile, seed);
        this.mutation = mutation;
        medium.keep(THEIRS, "theirs".getBytes(StandardCharsets.UTF_8));
    }

    private static String film(String word, int length) {
        return IntStream.range(0, length)
                .mapToObj(i -> word + i + " ")
                .collect(Collectors.joining())
                .substring(0, length);
    }

    /**
     * The files and the manifest. A crash between the lines of one film leaves some that count as lines of other files;
     * then the film is listed once more.
     */
    Remains state() {
        return new Remains(files(), lines().stream().distinct().sorted().toList(), List.of());
    }

    /** The following runs are repairs: one part of each film is lost or has other bytes. */
    void damage() {
        medium.settle();
        int number = 0;
        for (Map.Entry<String, String> file : files().entrySet()) {
            if (file.getKey().endsWith(".002") && !file.getKey().equals(THEIRS)) {
                medium.damage(
                        file.getKey(),
                        number++ % 2 == 0
                                ? Optional.empty()
                                : Optional.of("damaged".repeat(14).getBytes(StandardCharsets.UTF_8)));
                told.values().removeIf(path -> file.getKey().startsWith(path + "."));
            }
        }
        faults = Faults.none();
        isRepairing = true;
    }

    /** As on a disk to which somebody copied a backup without its films, each of which was listed as one file. */
    void copiedWithoutFilms() {
        medium.settle();
        List<String> lines = new ArrayList<>();
        for (String line : lines()) {
            Optional<PartLines.Whole> whole = PartLines.whole(line);
            if (whole.isPresent() || !line.matches(".*\\.[0-9]{3}")) {
                lines.add(whole.map(PartLines.Whole::line).orElse(line));
            }
        }
        medium.damage(Manifest.FILE, Optional.of((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8)));
        for (String file : files().keySet()) {
            if (file.matches(".*\\.([0-9]{3}|sha256)") && !file.equals(THEIRS)) {
                medium.damage(file, Optional.empty());
                told.values().removeIf(path -> file.startsWith(path + "."));
            }
        }
        faults = Faults.none();
    }

    @Override
    void attempt() throws IOException {
        var disk = new SmallFilesDisk(new CrashDisk(medium, faults, new PathDisk(folder)), LARGEST);
        if (isRepairing) {
            try (Repair repair = Repair.open(folder, Backups.CLOCK, root -> mutation.apply(disk), line -> {})) {
                mend(repair, parts());
            }
            return;
        }
        try (Destination destination = Destination.open(
                folder, OpenMode.INITIALISE, Backups.CLOCK, root -> mutation.apply(disk), line -> {})) {
            storeMissing(destination, SHOTS, 2);
        }
    }

    private static List<Backups.Part> parts() {
        return SHOTS.stream().flatMap(shot -> shot.parts().stream()).toList();
    }

    @Override
    void check(String when) throws IOException {
        Disk joined = new PartedDisk(hands());
        Set<Manifest> listed = listed();
        Map<String, String> files = files();
        for (Backups.Part part : parts()) {
            String path = told.get(part.resource());
            if (path != null && !part.content().equals(content(joined, path))) {
                wrong.add(when + " lost or changed: " + path);
            } else if (path != null && !listed.contains(new Manifest(Sha256.hex(part.content()), path))) {
                wrong.add(when + " not listed: " + path);
            }
        }
        if (!"theirs".equals(files.get(THEIRS))) {
            wrong.add(when + " somebody's own file was replaced");
        }
        // An earlier version must not take a part for a file.
        boolean isInParts = files.keySet().stream().anyMatch(path -> path.endsWith(".001"));
        if (isInParts && Identity.read(hands()).filter(id -> id.format() == 2).isEmpty()) {
            wrong.add(when + " parts in a backup of format 1");
        }
        if (!told.isEmpty() && Identity.read(hands()).isEmpty()) {
            wrong.add(when + " no identity");
        }
    }

    /** The next run, undisturbed: it must reach the state of an undisturbed one, and that state must be durable. */
    void undisturbed(Remains expected) throws IOException {
        if (!goesOn()) {
            return;
        }
        if (!state().equals(expected)) {
            wrong.add("another end: " + expected.difference(state()));
        }
        for (String line : lines()) {
            Optional<Manifest> parsed = Manifest.parse(line);
            String content = parsed.map(each -> files().get(each.path())).orElse(null);
            if (parsed.isPresent()
                    && (content == null
                            || !Sha256.hex(content).equals(parsed.get().sha256()))) {
                wrong.add("fails with sha256sum: " + line);
            }
        }
        medium.names().values().stream()
                .filter(name -> name.path().startsWith(Identity.STAGING + "/"))
                .forEach(name -> wrong.add("left: " + name.path()));
        cutPower();
        check("after a power cut at the end");
    }

    private static String content(Disk disk, String path) throws IOException {
        if (!disk.hasFile(path)) {
            return "";
        }
        try (var channel = disk.read(path)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // Until all is there.
            }
            return new String(bytes.array(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** The files among the photos, each part by itself. */
    private Map<String, String> files() {
        var files = new TreeMap<String, String>();
        for (Medium.Name name : medium.names().values()) {
            if (!name.node().folder
                    && !name.path().startsWith(Identity.FOLDER + "/")
                    && !name.path().equals(Manifest.FILE)) {
                files.put(name.path(), text(name.node()));
            }
        }
        return files;
    }

    private List<String> lines() {
        return lines(Manifest.FILE);
    }

    private List<String> lines(String file) {
        return medium.at(file).map(name -> text(name.node()).lines().toList()).orElse(List.of());
    }

    private Set<Manifest> listed() throws IOException {
        var listed = new HashSet<Manifest>();
        if (medium.at(Manifest.FILE).isPresent()) {
            Manifest.read(hands(), 0, (line, end) -> listed.add(line));
        }
        // While it is rewritten, this is all there is.
        lines(Identity.FOLDER + "/manifest.new").forEach(line -> Manifest.parse(
                        PartLines.whole(line).map(PartLines.Whole::line).orElse(line))
                .ifPresent(listed::add));
        return listed;
    }
}
