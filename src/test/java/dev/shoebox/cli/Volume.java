package dev.shoebox.cli;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A small file system, mounted for a test. Only root may mount, and not on every machine. */
public final class Volume implements AutoCloseable {
    /** The file systems that Linux and its tools can mount. */
    public enum Kind {
        EXT4,
        TMPFS,
        NTFS,
        EXFAT
    }

    private static final long BYTES = 32 << 20;

    /** Where {@code scripts/setup prove} unpacks packages that cannot be installed beside ifuse. */
    private static final Path TOOLS = Path.of(
            Optional.ofNullable(System.getenv("XDG_CACHE_HOME")).orElse(System.getProperty("user.home") + "/.cache"),
            "shoebox",
            "filesystems");

    private final Kind kind;
    private final Path image;
    private final Path mountPoint;
    private String device = "";

    private Volume(Kind kind, Path folder) throws IOException {
        this.kind = kind;
        this.image = folder.resolve(kind + ".img");
        this.mountPoint = Files.createDirectories(folder.resolve(kind + "-mounted"));
    }

    /** Makes an empty one of 32 MiB; if that is not possible, skips the test and says why. */
    public static Volume of(Kind kind, Path folder) throws IOException, InterruptedException {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root can mount a file system");
        Volume volume = new Volume(kind, folder);
        if (kind != Kind.TMPFS) {
            try (RandomAccessFile file = new RandomAccessFile(volume.image.toFile(), "rw")) {
                file.setLength(BYTES);
            }
        }
        Optional<String> trouble =
                switch (kind) {
                    case EXT4 -> trouble("mkfs.ext4", "-q", "-F", "-m", "0", volume.image);
                    case TMPFS -> Optional.empty();
                    case NTFS -> trouble("mkntfs", "-F", "-Q", "-q", volume.image);
                    case EXFAT -> trouble("mkfs.exfat", volume.image);
                };
        trouble = trouble.or(volume::mounted);
        String reason = kind + " cannot be mounted here: " + trouble.orElse("");
        assumeTrue(trouble.isEmpty(), reason);
        return volume;
    }

    public Path mountPoint() {
        return mountPoint;
    }

    /** Mounts it again with its content; tmpfs loses its content. */
    public void mount() {
        mounted().ifPresent(trouble -> {
            throw new AssertionError(trouble);
        });
    }

    private Optional<String> mounted() {
        return switch (kind) {
            case EXT4 -> trouble("mount", "-o", "loop", image, mountPoint);
            case TMPFS -> trouble("mount", "-t", "tmpfs", "-o", "size=" + BYTES, "tmpfs", mountPoint);
            case NTFS -> trouble("ntfs-3g", image, mountPoint);
            case EXFAT -> {
                device = said("losetup", "-f", "--show", image).strip();
                yield trouble("mount.exfat-fuse", device, mountPoint);
            }
        };
    }

    /** Makes it fail every write from now on, as a file system does after an error. */
    public void abort() {
        assumeTrue(kind == Kind.EXT4, "only ext4 can be told to stop while files are open");
        trouble("mount", "-o", "remount,abort", mountPoint);
    }

    /** Detaches it from its path although files are open, like a pulled drive. */
    public void detach() {
        trouble("umount", "-l", mountPoint).ifPresent(trouble -> {
            throw new AssertionError(trouble);
        });
        release();
    }

    /** Limits the number of files that it can hold; only for tmpfs. */
    public void limitFiles(long count) {
        trouble("mount", "-o", "remount,size=" + BYTES + ",nr_inodes=" + count, mountPoint)
                .ifPresent(trouble -> {
                    throw new AssertionError(trouble);
                });
    }

    public long free() throws IOException {
        return Files.getFileStore(mountPoint).getUsableSpace();
    }

    /** Fills it so that this many bytes are free. */
    public void fillBut(long bytes) throws IOException {
        long filler = free() - bytes;
        byte[] block = new byte[1 << 16];
        try (RandomAccessFile file =
                new RandomAccessFile(mountPoint.resolve("filler").toFile(), "rw")) {
            while (filler > 0) {
                int count = (int) Math.min(filler, block.length);
                file.write(block, 0, count);
                filler -= count;
            }
        } catch (IOException e) {
            // Its own bookkeeping takes the rest: it is full.
        }
    }

    private void release() {
        if (!device.isEmpty()) {
            trouble("losetup", "-d", device);
            device = "";
        }
    }

    @Override
    public void close() throws IOException {
        trouble("umount", "-l", mountPoint);
        release();
        Files.deleteIfExists(image);
    }

    private static Optional<String> trouble(Object... words) {
        try {
            Process process = started(words);
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0
                    ? Optional.empty()
                    : Optional.of(words[0] + ": " + said.strip().replaceAll("\\s+", " "));
        } catch (IOException e) {
            return Optional.of(words[0] + " is not installed (scripts/setup prove)");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String said(Object... words) {
        try {
            return new String(started(words).getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private static Process started(Object... words) throws IOException {
        List<String> command = Stream.of(words).map(Object::toString).collect(Collectors.toList());
        Path unpacked = Stream.of("sbin", "bin", "usr/sbin", "usr/bin")
                .map(place -> TOOLS.resolve(place).resolve(command.get(0)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(Path.of(command.get(0)));
        command.set(0, unpacked.toString());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().merge("PATH", "/usr/sbin:/sbin", (path, more) -> path + ":" + more);
        if (unpacked.isAbsolute()) {
            String machine = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x86_64";
            builder.environment()
                    .put(
                            "LD_LIBRARY_PATH",
                            TOOLS + "/lib/" + machine + "-linux-gnu:" + TOOLS + "/usr/lib/" + machine + "-linux-gnu");
        }
        return builder.start();
    }
}
