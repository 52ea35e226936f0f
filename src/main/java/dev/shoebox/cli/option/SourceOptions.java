package dev.shoebox.cli.option;

import dev.shoebox.cli.terminal.Console;
import dev.shoebox.device.Phone;
import dev.shoebox.device.PhoneInfo;
import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.folder.FolderSource;
import dev.shoebox.phonebackup.PhoneBackup;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.Scope;
import dev.shoebox.photos.source.SourceException;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.run.PhoneWait;
import dev.shoebox.run.SourceOpener;
import dev.shoebox.text.FailureText;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The source of photos: a phone, or a folder or archive instead. */
public final class SourceOptions implements SourceOpener {
    private static final String FROM = "--from";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Mixin
    private DeviceOptions device;

    @Mixin
    private BackupPassword password;

    private Scope scope = Scope.USUAL;

    @Option(
            names = FROM,
            paramLabel = "PATH",
            description = "Read a folder (SD card, mounted phone, old copy), the local backup of an iPhone that"
                    + " Finder, iTunes or Apple Devices made, or a zip, tar or tar.gz instead of an iPhone. Repeat"
                    + " it to read several as one source, such as the parts of an export.")
    private List<Path> from = List.of();

    /**
     * Inserts {@code --from} before each archive that follows another one, as in {@code --from takeout-*.zip} after
     * expansion by a shell. No destination is an archive, so this is unambiguous.
     */
    public static String[] spread(String[] words) {
        List<String> spread = new ArrayList<>();
        boolean following = false;
        for (int i = 0; i < words.length; i++) {
            boolean another = following && isArchive(words[i]);
            if (another) {
                spread.add(FROM);
            }
            spread.add(words[i]);
            following = another || words[i].startsWith(FROM + "=") || (i > 0 && words[i - 1].equals(FROM));
        }
        return spread.toArray(String[]::new);
    }

    private static boolean isArchive(String word) {
        try {
            return FolderSource.isArchive(Path.of(word)) && Files.isRegularFile(Path.of(word));
        } catch (InvalidPathException none) {
            return false;
        }
    }

    /** @param wanted the scope for {@link #open(PhoneWait)} */
    public void looking(Scope wanted) {
        scope = wanted;
    }

    @Override
    public MediaSource open(PhoneWait wait) throws IOException {
        return open(wait, scope);
    }

    @Override
    public void check(Path root) throws IOException {
        refuseOverlap(root);
    }

    private void refuseOverlap(Path root) throws IOException {
        for (Path each : from) {
            if (Files.isDirectory(each)) {
                refuseOverlap(command, root, each);
            }
        }
    }

    /** A backup of a folder into itself would never end, and one around its source would count its own photos. */
    static void refuseOverlap(CommandSpec command, Path root, Path folder) throws IOException {
        Path source = folder.toRealPath();
        Path target = realPath(root.toAbsolutePath().normalize());
        if (target.startsWith(source)) {
            throw new ParameterException(
                    command.commandLine(),
                    "The backup " + root + " would be inside its own source folder, " + folder
                            + ". Choose another folder for it.");
        }
        if (source.startsWith(target)) {
            throw new ParameterException(
                    command.commandLine(),
                    "The folder " + folder + " is inside the backup " + root
                            + ". Choose another folder for the backup.");
        }
    }

    private static Path realPath(Path path) throws IOException {
        Path parent = path.getParent();
        return Files.exists(path) || parent == null
                ? path.toRealPath()
                : realPath(parent).resolve(path.getFileName());
    }

    /** Returns whether the source is an iPhone, which may be unplugged and return. */
    @Override
    public boolean isPhone() {
        return from.isEmpty();
    }

    /** Returns which iPhone is meant, and how to reach it. */
    public DeviceOptions device() {
        return device;
    }

    @Override
    public boolean mayBe(SourceId known) {
        return isPhone()
                ? known.kind() == SourceId.Kind.PHONE && device.mayBe(known)
                : known.kind() != SourceId.Kind.PHONE && !known.isOfFiles();
    }

    /**
     * Returns whether the source is present, without accessing it.
     *
     * @param source the source that was opened
     */
    public boolean isThere(SourceId source) {
        return isPhone() ? device.isThere(source.id()) : from.stream().allMatch(Files::exists);
    }

    /** Opens this source only, and no other phone in its place. */
    public SourceOpener only(SourceId source) {
        return isPhone() ? new OnePhone(source) : this;
    }

    private final class OnePhone implements SourceOpener {
        private final SourceId source;

        OnePhone(SourceId source) {
            this.source = source;
        }

        @Override
        public boolean isPhone() {
            return true;
        }

        @Override
        public boolean mayBe(SourceId known) {
            return known.kind() == source.kind() && known.id().equals(source.id());
        }

        @Override
        public void check(Path root) throws IOException {
            refuseOverlap(root);
        }

        @Override
        public MediaSource open(PhoneWait wait) throws IOException {
            return device.find(source.id(), wait).photos(device.waiting(wait), scope);
        }
    }

    public MediaSource open(Console console) throws IOException {
        return open(console, Scope.USUAL);
    }

    public MediaSource open(Console console, Scope scope) throws IOException {
        return open(console.phoneWait(), scope);
    }

    /** Returns what the user may have forgotten to name; empty if nothing. */
    public Optional<String> forgotten() {
        List<Path> others = FolderSource.otherParts(from);
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of((others.size() == 1 ? "Another part" : "Other parts")
                        + " of the same export " + (others.size() == 1 ? "lies" : "lie") + " beside it and "
                        + (others.size() == 1 ? "is" : "are") + " not read: "
                        + others.stream()
                                .limit(3)
                                .map(part -> part.getFileName().toString())
                                .collect(Collectors.joining(", "))
                        + (others.size() > 3 ? " and " + (others.size() - 3) + " more" : "")
                        + ". Give all parts, or their folder.");
    }

    public MediaSource open(PhoneWait asking, Scope scope) throws IOException {
        if (!from.isEmpty()) {
            for (Path each : from) {
                if (!Files.exists(each)) {
                    throw new SourceException.Absent(
                            each + " does not exist; connect the card or drive, or check the path.");
                }
            }
            return openFolders(asking, scope);
        }
        return device.find(asking).photos(device.waiting(asking), scope);
    }

    /**
     * A source, with what is known about it if it is a phone.
     *
     * @param info the phone's own information; absent for other sources
     */
    public record Opened(MediaSource source, Optional<PhoneInfo> info, Optional<ZoneId> zone) implements Closeable {
        @Override
        public void close() {
            source.close();
        }
    }

    /** Opens the source with the phone's own information. */
    public Opened openWithPhone(Console console, Scope scope) throws IOException {
        if (!isPhone()) {
            return new Opened(open(console, scope), Optional.empty(), Optional.empty());
        }
        PhoneWait asking = console.phoneWait();
        Phone phone = device.find(asking);
        MediaSource source = phone.photos(device.waiting(asking), scope);
        try {
            return new Opened(source, Optional.of(phone.info()), phone.zone());
        } catch (DeviceException silent) {
            return new Opened(source, Optional.empty(), Optional.empty());
        }
    }

    private MediaSource openFolders(PhoneWait asking, Scope scope) throws IOException {
        try {
            Optional<Path> backup = phoneBackup();
            return backup.isPresent() ? openBackup(backup.get(), asking, scope) : FolderSource.open(from, scope);
        } catch (SourceException known) {
            throw known;
        } catch (FileSystemException failing) {
            throw new SourceException.Lost(FailureText.of(failing), failing);
        } catch (IOException unsuitable) {
            throw new ParameterException(command.commandLine(), unsuitable.getMessage(), unsuitable);
        }
    }

    /** A nested backup that was not named and cannot be read is passed over by name. */
    private MediaSource openBackup(Path backup, PhoneWait asking, Scope scope) throws IOException {
        try {
            return PhoneBackup.of(backup).open(scope, bag -> password.unlock(bag, asking.phone()));
        } catch (SourceException known) {
            throw known;
        } catch (IOException unsuitable) {
            if (from.contains(backup)) {
                throw unsuitable;
            }
            return FolderSource.open(from, scope);
        }
    }

    private Optional<Path> phoneBackup() throws IOException {
        return from.size() == 1 ? PhoneBackupOption.backup(from.get(0)) : Optional.empty();
    }
}
