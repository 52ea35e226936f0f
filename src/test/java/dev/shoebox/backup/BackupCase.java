package dev.shoebox.backup;

import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.event.BackupResult;
import dev.shoebox.backup.transfer.RetryPolicy;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.naming.Layout;
import dev.shoebox.destination.opening.OpenMode;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A scripted phone and its backup. */
abstract class BackupCase {
    static final String PHOTO = "DCIM/100APPLE/IMG_0001.HEIC";
    static final String LIVE = "DCIM/100APPLE/IMG_0001.MOV";
    static final String NEXT = "DCIM/100APPLE/IMG_0002.JPG";

    static final String EARLIER = "DCIM/100APPLE/IMG_0000.JPG";
    static final String OLDEST = "DCIM/099APPLE/IMG_9999.JPG";

    static final Duration PAUSE = Duration.ofMillis(5);

    @TempDir
    Path folder;

    final List<BackupEvent> events = new ArrayList<>();
    Duration patience = Duration.ZERO;
    OptionalLong limit = OptionalLong.empty();

    static ScriptedSource source() {
        return new ScriptedSource()
                .with(PHOTO, "a still")
                .with(LIVE, "its moving half")
                .with(NEXT, "another still");
    }

    BackupResult run(ScriptedSource source) throws IOException {
        try (Destination destination = open()) {
            return new Backup(source, destination, options(), InstantSource.system(), events::add).run();
        }
    }

    Destination open() throws IOException {
        return Destination.open(destination(), OpenMode.CREATE_IF_EMPTY, InstantSource.system(), line -> {});
    }

    Backup.Options options() {
        return new Backup.Options(
                Layout.parse("month"),
                ZoneId.of("UTC"),
                new RetryPolicy(patience, PAUSE, Duration.ofSeconds(15)),
                limit,
                Backup.Verify.AUTO);
    }

    Path destination() {
        return folder.resolve("backup");
    }

    /** The content of each file outside {@code .shoebox}, by relative path. */
    Map<String, String> tree() throws IOException {
        Map<String, String> tree = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(destination())) {
            for (Path path : walk.filter(Files::isRegularFile).toList()) {
                String relative = destination().relativize(path).toString();
                if (!relative.startsWith(".shoebox") && !relative.equals("SHA256SUMS")) {
                    tree.put(relative, Files.readString(path));
                }
            }
        }
        return tree;
    }
}
