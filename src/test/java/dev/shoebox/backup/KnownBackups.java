package dev.shoebox.backup;

import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.event.BackupResult;
import dev.shoebox.backup.event.DateSource;
import dev.shoebox.backup.plan.BackupSelection;
import dev.shoebox.backup.transfer.RetryPolicy;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.naming.Layout;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.LibraryAssets;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Backs up a scripted source that has a Photos library. */
public class KnownBackups {
    public static final String STILL = "DCIM/100APPLE/IMG_0001.HEIC";
    public static final String MOVING = "DCIM/100APPLE/IMG_0001.MOV";
    public static final String NEXT = "DCIM/100APPLE/IMG_0002.JPG";

    @TempDir
    private Path folder;

    public final List<BackupEvent> events = new ArrayList<>();
    public BackupSelection wanted = BackupSelection.EVERYTHING;

    public static Library library(LibraryAssets... assets) {
        return library(Optional.of(true), assets);
    }

    public static Library library(Optional<Boolean> icloud, LibraryAssets... assets) {
        Library library =
                new Library(Arrays.stream(assets).map(LibraryAssets::build).toList());
        return icloud.map(library::withICloud).orElse(library);
    }

    public BackupResult run(ScriptedSource source, Library library) throws IOException {
        try (Destination destination = open()) {
            return new Backup(
                            source,
                            destination,
                            (listing, effort) -> library,
                            options(),
                            InstantSource.system(),
                            events::add)
                    .run();
        }
    }

    Destination open() throws IOException {
        return Destination.open(root(), OpenMode.CREATE_IF_EMPTY, InstantSource.system(), line -> {});
    }

    Backup.Options options() {
        return new Backup.Options(
                Layout.parse("month"),
                ZoneId.of("UTC"),
                new RetryPolicy(Duration.ZERO, Duration.ofMillis(5), Duration.ofSeconds(15)),
                OptionalLong.empty(),
                Backup.Verify.AUTO,
                wanted,
                DateSource.PHOTOS);
    }

    public Path root() {
        return folder.resolve("backup");
    }

    /** The content of each photo in the backup, by relative path. */
    public Set<String> tree() throws IOException {
        Set<String> tree = new TreeSet<>();
        try (Stream<Path> walk = Files.walk(root())) {
            walk.filter(Files::isRegularFile)
                    .map(path -> root().relativize(path).toString())
                    .filter(path -> !path.startsWith(".shoebox") && !path.equals("SHA256SUMS"))
                    .forEach(tree::add);
        }
        return tree;
    }

    /** The capture time of a stored file, as the journal has it. */
    public String captured(String path) throws IOException {
        return Files.readAllLines(root().resolve(".shoebox/journal.ndjson")).stream()
                .filter(line -> line.contains("\"path\":\"" + path + "\""))
                .map(line -> line.replaceFirst(".*\"captured\":\\{([^}]*)}.*", "$1"))
                .reduce((first, second) -> second)
                .orElseThrow();
    }
}
