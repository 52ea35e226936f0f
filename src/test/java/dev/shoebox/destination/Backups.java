package dev.shoebox.destination;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.destination.ingest.Arrival;
import dev.shoebox.destination.ingest.Ingest;
import dev.shoebox.destination.ingest.IngestListener;
import dev.shoebox.destination.ingest.Staged;
import dev.shoebox.destination.ingest.StagedResource;
import dev.shoebox.destination.naming.Layout;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.destination.records.Manifest;
import dev.shoebox.destination.records.StoredFile;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.fingerprint.Proof;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.SourceId;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Runs small backups into a real folder and reads their results. */
public final class Backups {
    public static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T08:00:00Z"));
    public static final SourceId PHONE = new SourceId(SourceId.Kind.PHONE, "00008110-0001", "Anna's iPhone");
    public static final SourceId OTHER_PHONE = new SourceId(SourceId.Kind.PHONE, "00008110-0002", "Ben's iPhone");
    public static final Instant MODIFIED = Instant.parse("2024-05-03T10:11:12.123456789Z");
    public static final LocalDateTime TAKEN = LocalDateTime.parse("2024-05-03T12:11:12");

    public final Path root;
    public final List<String> said = new ArrayList<>();
    public final List<String> told = new ArrayList<>();
    public SourceId source = PHONE;
    public Layout layout = Layout.parse("month");
    public OpenMode opening = OpenMode.CREATE_IF_EMPTY;
    public Function<Path, Disk> disks = PathDisk::new;

    public Backups(Path root) {
        this.root = root;
    }

    /** A file of a phone with its content. */
    public record Part(Resource resource, String content) {}

    /** An asset with the content of its files. */
    public record Shot(Asset asset, Optional<CaptureTime> captured, List<Part> parts) {
        Shot undated() {
            return new Shot(asset, Optional.empty(), parts);
        }

        public Shot taken(String local) {
            return new Shot(asset, Backups.captured(LocalDateTime.parse(local)), parts);
        }

        /** The same asset, of which only these files arrive. */
        public Shot only(int... indexes) {
            var some = new ArrayList<Part>();
            for (int index : indexes) {
                some.add(parts.get(index));
            }
            return new Shot(asset, captured, some);
        }
    }

    public static Optional<CaptureTime> captured(LocalDateTime local) {
        return Optional.of(new CaptureTime(local, Optional.of(ZoneOffset.ofHours(2)), CaptureTime.Origin.EXIF));
    }

    public static Part part(String path, Role role, String content) {
        int size = content.getBytes(StandardCharsets.UTF_8).length;
        return new Part(new Resource(new MediaFile(path, size, MODIFIED, Optional.empty()), role), content);
    }

    public static Shot shot(Part... parts) {
        String path = parts[0].resource().file().path();
        int dot = path.lastIndexOf('.');
        String key = dot > path.lastIndexOf('/') + 1 ? path.substring(0, dot) : path;
        var asset = new Asset(
                key,
                key.substring(key.lastIndexOf('/') + 1),
                List.of(parts).stream().map(Part::resource).toList());
        return new Shot(asset, captured(TAKEN), List.of(parts));
    }

    public static Shot photo(String path, String content) {
        return shot(part(path, Role.PHOTO, content));
    }

    /** Receives the files on disk of each stored asset. */
    public Consumer<IngestListener.StoredAsset> stored = asset -> {};

    public Destination open() throws DestinationException {
        return Destination.open(root, opening, CLOCK, disks, said::add);
    }

    /** One complete run; {@link #told} has the files that it reported. */
    public void run(Shot... shots) throws DestinationException {
        told.clear();
        try (Destination destination = open()) {
            store(destination, shots);
        }
    }

    public void store(Destination destination, Shot... shots) throws DestinationException {
        try (Ingest ingest = destination.ingest(source, layout, listener())) {
            for (Shot shot : shots) {
                ingest.store(arrival(ingest, shot));
            }
            ingest.flush();
        }
    }

    /** One complete run as the engine does it: only missing files arrive, one batch for each shot. */
    public void catchUp(Shot... shots) throws DestinationException {
        told.clear();
        try (Destination destination = open()) {
            Set<MediaFile> present;
            try (var stored = destination.stored(source)) {
                present = stored.filter(destination::isPresent)
                        .map(StoredFile::file)
                        .collect(Collectors.toSet());
            }
            try (Ingest ingest = destination.ingest(source, layout, listener())) {
                for (Shot shot : shots) {
                    int[] missing = IntStream.range(0, shot.parts().size())
                            .filter(i -> !present.contains(
                                    shot.parts().get(i).resource().file()))
                            .toArray();
                    ingest.store(arrival(ingest, shot.only(missing)));
                    ingest.flush();
                }
            }
        }
    }

    public IngestListener listener() {
        return new IngestListener() {
            @Override
            public void copied(Resource resource, String path) {
                told.add("copied " + resource.file().path() + " -> " + path);
            }

            @Override
            public void duplicate(Resource resource, String path) {
                told.add("duplicate " + resource.file().path() + " = " + path);
            }

            @Override
            public void unproven(Resource resource, String path) {
                told.add("unproven " + resource.file().path() + " -> " + path);
            }

            @Override
            public void stored(StoredAsset asset) {
                stored.accept(asset);
            }
        };
    }

    public Arrival arrival(Ingest ingest, Shot shot) throws DestinationException {
        var files = new ArrayList<StagedResource>();
        for (Part part : shot.parts()) {
            Staged staged = ingest.stage(part.resource().file());
            staged.write(ByteBuffer.wrap(part.content().getBytes(StandardCharsets.UTF_8)), () -> {});
            files.add(new StagedResource(
                    part.resource(),
                    staged,
                    staged.plausibility(part.resource().file().name()),
                    Proof.READ_ONCE));
        }
        return new Arrival(shot.asset(), shot.captured(), facts(shot), files);
    }

    public static Layout.Facts facts(Shot shot) {
        return new Layout.Facts(
                shot.captured(),
                PHONE.name(),
                "photo",
                Optional.empty(),
                shot.asset().name());
    }

    /** The content of everything outside {@code .shoebox}, by path. */
    Map<String, String> tree() throws IOException {
        return tree(root);
    }

    static Map<String, String> tree(Path root) throws IOException {
        var tree = new TreeMap<String, String>();
        try (var paths = Files.walk(root)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                String relative = root.relativize(path).toString();
                if (Files.isRegularFile(path) && !relative.startsWith(Identity.FOLDER)) {
                    tree.put(relative, Files.readString(path));
                }
            }
        }
        return tree;
    }

    /** {@link #tree} without the manifest. */
    public Map<String, String> photos() throws IOException {
        Map<String, String> tree = tree();
        tree.remove(Manifest.FILE);
        return tree;
    }

    public List<String> manifest() throws IOException {
        return Files.readAllLines(root.resolve(Manifest.FILE)).stream().sorted().toList();
    }

    /** The names in the staging folder. */
    public List<String> staged() throws IOException {
        try (var entries = Files.list(root.resolve(Identity.STAGING))) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }

    /** The rows of the source in the catalogue: path on the phone and path on disk. */
    public List<String> catalogued() throws DestinationException {
        try (Destination destination = Destination.view(root, OpenMode.REQUIRE_EXISTING);
                var stored = destination.stored(source)) {
            return stored.map(each -> each.file().path() + " -> " + each.path()).collect(Collectors.toList());
        }
    }

    /** The output of {@code sha256sum -c}; empty if every line is correct. */
    public String sha256sum() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sha256sum", "--check", "--strict", "--quiet", Manifest.FILE)
                .directory(root.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? "" : "failed: " + output;
    }
}
