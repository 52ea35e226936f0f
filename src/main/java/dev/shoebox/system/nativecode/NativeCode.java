package dev.shoebox.system.nativecode;

import dev.shoebox.system.access.PrivateFolder;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Native code from a jar, unpacked once into a private folder. By default, JNA and SQLite unpack theirs into the
 * temporary folder at every start. That fails if the folder is mounted noexec or missing, and leaves files behind if
 * the process is killed.
 *
 * <p>A crash during unpacking leaves a file whose name ends in {@code .part}, which is never loaded.
 */
public final class NativeCode {
    private static final String FOLDERS = "shoebox.native.folders";

    private NativeCode() {}

    /**
     * Sets the folders that may hold native code, in order of preference. Otherwise the libraries use their default.
     */
    public static void keepIn(List<Path> folders) {
        System.setProperty(
                FOLDERS,
                folders.stream()
                        .filter(Path::isAbsolute)
                        .map(Path::toString)
                        .collect(Collectors.joining(File.pathSeparator)));
    }

    /**
     * Unpacks a library, and sets the system property in which it looks for the folder, unless that is set already.
     *
     * @param resource in a jar; asked for only if it is needed, since SQLite starts a program to find its own
     */
    public static void provide(Supplier<Optional<URL>> resource, String name, String property) {
        if (System.getProperty(property) == null) {
            resource.get()
                    .flatMap(code -> unpack(code, name))
                    .ifPresent(file ->
                            System.setProperty(property, file.getParent().toString()));
        }
    }

    /**
     * Unpacks a library into the first folder that is private and allows execution, unless it is there already.
     *
     * @param resource in a jar
     * @param name the file name
     * @return the file; empty if there are no folders, or none is suitable
     */
    static Optional<Path> unpack(URL resource, String name) {
        for (Path folder : folders()) {
            try {
                Optional<Path> file = unpack(resource, name, folder);
                if (file.isPresent()) {
                    return file;
                }
            } catch (IOException | UnsupportedOperationException unusable) {
                // The next folder may work.
            }
        }
        return Optional.empty();
    }

    /**
     * Returns what to do if native code does not run.
     *
     * @param brought whether the jar contains it for this system
     * @param failure the failure to load it
     */
    public static String advice(boolean brought, Throwable failure) {
        if (!brought) {
            return "Shoebox needs native code, which exists for Linux, macOS and Windows on x64 and arm64, "
                    + "but not for "
                    + System.getProperty("os.name") + " on " + System.getProperty("os.arch")
                    + ". On a 64-bit computer, install a 64-bit system and a 64-bit Java.";
        }
        if (said(failure).anyMatch(words -> words.contains("Error relocating"))) {
            return "Shoebox's native code does not run with this system's C library (musl, as in Alpine). "
                    + "'--transport java' reaches iPhones without it.";
        }
        return "Native code cannot be run from "
                + folders().stream().map(Path::toString).collect(Collectors.joining(", ")) + " or "
                + System.getProperty("java.io.tmpdir")
                + ": they are missing, not writable or mounted noexec. Set XDG_CACHE_HOME to a folder of "
                + "your own that"
                + " allows it.";
    }

    /**
     * Returns whether this process uses the GNU C library, by looking at one file. SQLite would inspect every mapped
     * file at each start.
     */
    public static boolean isGlibc() {
        try (Stream<String> mapped = Files.lines(Path.of("/proc/self/maps"), StandardCharsets.ISO_8859_1)) {
            return mapped.anyMatch(line -> line.endsWith("/libc.so.6"));
        } catch (IOException | UncheckedIOException unknown) {
            return false;
        }
    }

    private static Stream<String> said(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).map(each -> "" + each.getMessage());
    }

    private static List<Path> folders() {
        return Arrays.stream(System.getProperty(FOLDERS, "").split(File.pathSeparator))
                .filter(text -> !text.isEmpty())
                .flatMap(text -> {
                    try {
                        return Optional.of(Path.of(text)).stream();
                    } catch (InvalidPathException none) {
                        return Optional.<Path>empty().stream();
                    }
                })
                .toList();
    }

    private static Optional<Path> unpack(URL resource, String name, Path folder) throws IOException {
        PrivateFolder.make(folder);
        URLConnection connection = resource.openConnection();
        connection.setUseCaches(false);
        long size = connection.getContentLengthLong();
        Path place = folder.resolve(version(connection, size));
        PrivateFolder.make(place);
        Path file = place.resolve(name);
        if (!isWhole(file, size)) {
            try (InputStream in = connection.getInputStream()) {
                write(in, file);
            }
        }
        return isWhole(file, size) && Files.isExecutable(file) ? Optional.of(file) : Optional.empty();
    }

    private static void write(InputStream in, Path file) throws IOException {
        Path part = file.resolveSibling(
                file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        Files.deleteIfExists(part);
        Files.copy(in, part);
        // For an executable file, access(2) reports that it cannot be run if the disk is mounted noexec.
        boolean unused = part.toFile().setExecutable(true, true);
        try {
            Files.deleteIfExists(file);
            Files.move(part, file);
        } catch (FileAlreadyExistsException another) {
            Files.deleteIfExists(part);
        }
    }

    private static boolean isWhole(Path file, long size) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) == size;
    }

    private static String version(URLConnection connection, long size) throws IOException {
        return connection instanceof JarURLConnection jar
                ? String.format("%08x", jar.getJarEntry().getCrc())
                : Long.toHexString(size);
    }
}
