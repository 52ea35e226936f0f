package dev.shoebox.cli;

import dev.shoebox.folder.FolderSource;
import dev.shoebox.photos.MediaSource;
import dev.shoebox.photos.Scope;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Where photos are read from: a phone, or a folder or archive in its place. */
final class SourceOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Mixin
    private DeviceOptions device;

    @Option(
            names = "--from",
            paramLabel = "PATH",
            description =
                    "Read a folder (SD card, mounted phone, old copy) or a zip, tar or tar.gz instead of an iPhone.")
    private Optional<Path> from = Optional.empty();

    /** A backup of a folder into itself would never end, and one around its source would count its own photos. */
    void refuseOverlap(Path root) throws IOException {
        if (from.isEmpty() || !Files.isDirectory(from.get())) {
            return;
        }
        Path source = from.get().toRealPath();
        Path target = realPath(root.toAbsolutePath().normalize());
        if (target.startsWith(source)) {
            throw new ParameterException(
                    command.commandLine(),
                    "The backup " + root + " would lie inside the folder it is made from, " + from.get()
                            + ". Choose another folder for it.");
        }
        if (source.startsWith(target)) {
            throw new ParameterException(
                    command.commandLine(),
                    "The folder " + from.get() + " lies inside the backup " + root
                            + ". Choose another folder for the backup.");
        }
    }

    private static Path realPath(Path path) throws IOException {
        Path parent = path.getParent();
        return Files.exists(path) || parent == null
                ? path.toRealPath()
                : realPath(parent).resolve(path.getFileName());
    }

    /** Whether photos come from an iPhone, which may be unplugged and come back. */
    boolean isPhone() {
        return from.isEmpty();
    }

    MediaSource open(Console console) throws IOException {
        return open(console, Scope.USUAL);
    }

    MediaSource open(Console console, Scope scope) throws IOException {
        return open(Asking.of(console), scope);
    }

    MediaSource open(Asking asking, Scope scope) throws IOException {
        if (from.isPresent()) {
            if (!Files.exists(from.get())) {
                throw new NoSuchFileException(
                        from.get().toString(), null, "nothing is there. Is the card or drive connected?");
            }
            return openFolder(from.get(), scope);
        }
        return device.find(asking).photos(device.waiting(asking), scope);
    }

    private MediaSource openFolder(Path path, Scope scope) throws IOException {
        try {
            return FolderSource.open(path, scope);
        } catch (FileSystemException failing) {
            throw failing;
        } catch (IOException unsuitable) {
            throw new ParameterException(command.commandLine(), unsuitable.getMessage(), unsuitable);
        }
    }
}
