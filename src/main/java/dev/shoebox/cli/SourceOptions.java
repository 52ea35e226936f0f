package dev.shoebox.cli;

import dev.shoebox.folder.FolderSource;
import dev.shoebox.photos.MediaSource;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where photos are read from: a phone, or a folder or archive in its place. */
final class SourceOptions {
    @Mixin
    private DeviceOptions device;

    @Option(
            names = "--from",
            paramLabel = "PATH",
            description =
                    "Read a folder (SD card, mounted phone, old copy) or a zip, tar or tar.gz instead of an iPhone.")
    private Optional<Path> from = Optional.empty();

    Optional<Path> from() {
        return from;
    }

    /** How long a source that was lost may take to come back. */
    Duration patience(Console console) {
        return from.isPresent() ? Duration.ZERO : device.patience(console);
    }

    MediaSource open(Console console) throws IOException {
        if (from.isPresent()) {
            if (!Files.exists(from.get())) {
                throw new NoSuchFileException(
                        from.get().toString(), null, "nothing is there. Is the card or drive connected?");
            }
            return FolderSource.open(from.get());
        }
        return device.find(console).photos(device.waiting(console));
    }
}
