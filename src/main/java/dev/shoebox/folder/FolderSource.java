package dev.shoebox.folder;

import dev.shoebox.folder.archive.ArchiveFile;
import dev.shoebox.folder.archive.ArchiveName;
import dev.shoebox.folder.archive.Archives;
import dev.shoebox.folder.archive.ForeignArchives;
import dev.shoebox.photos.source.ListingLimits;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.Scope;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.text.DistinctPaths;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Opens folders and archives as a {@link MediaSource}. */
public final class FolderSource {
    private FolderSource() {}

    /**
     * Opens a folder or an archive, which is recognised by its content, not its name. Lists only photos, videos and
     * their companions; skips hidden and system files, and does not follow symbolic links. Archives in a folder, or in
     * an archive, are read as a part of it.
     *
     * @param path a folder, or a zip, tar or tar.gz file
     * @throws IOException with a one-line message for people, if nothing there can be read
     */
    public static MediaSource open(Path path) throws IOException {
        return open(path, Scope.USUAL);
    }

    /**
     * Opens a source as {@link #open(Path)} does.
     *
     * @param scope which parts of a copy of a phone are listed
     */
    public static MediaSource open(Path path, Scope scope) throws IOException {
        return open(List.of(path), scope);
    }

    /**
     * Opens several folders and archives as one source. The order of the paths does not matter.
     *
     * @param paths at least one
     */
    public static MediaSource open(List<Path> paths, Scope scope) throws IOException {
        return open(paths, scope, ListingLimits.STANDARD);
    }

    static MediaSource open(Path path, Scope scope, ListingLimits limits) throws IOException {
        return open(List.of(path), scope, limits);
    }

    private static MediaSource open(List<Path> paths, Scope scope, ListingLimits limits) throws IOException {
        List<MediaSource> opened = new ArrayList<>();
        try {
            List<Path> real = outermost(paths);
            for (Path path : real) {
                opened.add(one(path, scope, limits));
            }
            if (opened.size() == 1) {
                return new StatedSource(new JoinedSource(
                        opened.get(0).id(), List.of(new JoinedSource.Root(opened.get(0), "")), limits));
            }
            DistinctPaths names = new DistinctPaths();
            List<JoinedSource.Root> roots = new ArrayList<>();
            for (MediaSource source : opened) {
                String place = ArchiveName.place(source.id().name());
                boolean shared = ArchiveName.export(source.id().name()).isPresent();
                roots.add(new JoinedSource.Root(
                        source, shared ? place : names.distinct(source.id().name()) + "/"));
            }
            return new StatedSource(new JoinedSource(id(real, opened), roots, limits));
        } catch (IOException unsuitable) {
            opened.forEach(MediaSource::close);
            throw unsuitable;
        }
    }

    /** Returns whether a file is an archive that {@link #open} reads, by its name. */
    public static boolean isArchive(Path path) {
        return path.getFileName() != null
                && ArchiveName.isRead(path.getFileName().toString());
    }

    /**
     * Finds parts of the same exports that are stored beside these but are not among them.
     *
     * @param paths as {@link #open(List, Scope)} takes them
     */
    public static List<Path> otherParts(List<Path> paths) {
        Set<Path> others = new TreeSet<>();
        for (Path path : paths) {
            Path here = path.toAbsolutePath().normalize();
            Optional<String> export =
                    Files.isDirectory(here) ? Optional.empty() : ArchiveName.export(String.valueOf(here.getFileName()));
            for (String name : export.isPresent() ? names(here.getParent()) : List.<String>of()) {
                if (ArchiveName.export(name).equals(export)) {
                    others.add(here.resolveSibling(name));
                }
            }
        }
        paths.forEach(path -> others.remove(path.toAbsolutePath().normalize()));
        return List.copyOf(others);
    }

    /** Sorts the paths, and drops duplicates and paths inside others. */
    private static List<Path> outermost(List<Path> paths) throws IOException {
        Set<Path> all = new TreeSet<>();
        for (Path path : paths) {
            try {
                all.add(path.toRealPath());
            } catch (IOException absent) {
                throw new IOException(
                        "" + path + " does not exist. Check the path, and that its disk is connected.", absent);
            }
        }
        return all.stream()
                .filter(path -> all.stream().noneMatch(other -> !other.equals(path) && path.startsWith(other)))
                .toList();
    }

    private static MediaSource one(Path real, Scope scope, ListingLimits limits) throws IOException {
        if (Files.isDirectory(real)) {
            if (ForeignArchives.isPhoneBackup(names(real))) {
                throw new IOException(real + " is " + ForeignArchives.PHONE_BACKUP + ".");
            }
            return new Folder(real, scope, limits);
        }
        if (!Files.isRegularFile(real) || !Files.isReadable(real)) {
            throw new IOException(real + " cannot be read. Check its permissions.");
        }
        String name = real.getFileName().toString();
        Optional<String> advice = ForeignArchives.file(name, ForeignArchives.lower(names(real.getParent())));
        if (advice.isPresent()) {
            throw new IOException(real + " is " + advice.get() + ".");
        }
        return Archives.open(ArchiveFile.of(real), true, limits);
    }

    /** Lists a folder; empty if that is impossible. */
    private static List<String> names(Path folder) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
        } catch (IOException | RuntimeException unknown) {
            // The reader of the folder reports the error.
            return List.of();
        }
        return names;
    }

    /** The parts of an export have the id of the export, however many of them there are. */
    private static SourceId id(List<Path> paths, List<MediaSource> sources) {
        boolean archives = sources.stream().allMatch(source -> source.id().kind() == SourceId.Kind.ARCHIVE);
        Set<String> exports = paths.stream()
                .map(path -> ArchiveName.export(path.getFileName().toString()).orElse(""))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<Path> folders = paths.stream().map(Path::getParent).collect(Collectors.toSet());
        if (archives && exports.size() == 1 && !exports.contains("") && folders.size() == 1) {
            String export = exports.iterator().next();
            return new SourceId(
                    SourceId.Kind.ARCHIVE, paths.get(0).resolveSibling(export).toString(), export);
        }
        return new SourceId(
                archives ? SourceId.Kind.ARCHIVE : SourceId.Kind.FOLDER,
                paths.stream().map(Path::toString).collect(Collectors.joining(" + ")),
                sources.stream().map(source -> source.id().name()).collect(Collectors.joining(" + ")));
    }
}
