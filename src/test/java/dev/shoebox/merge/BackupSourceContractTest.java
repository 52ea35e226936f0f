package dev.shoebox.merge;

import dev.shoebox.backup.Backup;
import dev.shoebox.backup.transfer.RetryPolicy;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.naming.Layout;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.folder.FolderSource;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.MediaSourceContract;
import dev.shoebox.photos.source.Scope;
import dev.shoebox.photos.source.SourceId;
import org.junit.jupiter.api.AfterEach;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

class BackupSourceContractTest extends MediaSourceContract {
    private Optional<Destination> opened = Optional.empty();

    @Override
    protected MediaSource open(Map<String, byte[]> files) throws IOException {
        Path card = folder.resolve("card");
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = card.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        Path root = folder.resolve("backup");
        var options = new Backup.Options(
                Layout.parse("month"),
                ZoneOffset.UTC,
                RetryPolicy.waiting(Duration.ZERO),
                OptionalLong.empty(),
                Backup.Verify.AUTO);
        try (MediaSource source = FolderSource.open(List.of(card), Scope.USUAL);
                Destination to = Destination.open(root, OpenMode.CREATE_IF_EMPTY, InstantSource.system(), line -> {})) {
            new Backup(source, to, options, InstantSource.system(), event -> {}).run();
        }
        Destination view = Destination.view(root, OpenMode.REQUIRE_EXISTING);
        opened = Optional.of(view);
        return BackupSource.of(view, "backup", new SourceId(SourceId.Kind.FOLDER, "loose", "loose"))
                .sources()
                .get(0);
    }

    @AfterEach
    void close() {
        opened.ifPresent(Destination::close);
    }

    @Override
    protected SourceId.Kind kind() {
        return SourceId.Kind.FOLDER;
    }
}
