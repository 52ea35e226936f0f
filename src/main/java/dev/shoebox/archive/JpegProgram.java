package dev.shoebox.archive;

import dev.shoebox.archive.packing.Member;
import dev.shoebox.photos.format.Plausibility;
import dev.shoebox.photos.metadata.Metadata;
import dev.shoebox.photos.metadata.PlausibilityCheck;
import dev.shoebox.photos.metadata.field.ShotDetails;
import dev.shoebox.system.process.BoundedProgram;
import dev.shoebox.system.process.BoundedProgram.Bounds;
import dev.shoebox.system.process.Programs;
import dev.shoebox.text.Sha256;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A program of the system that converts HEICs to JPEGs: {@code heif-dec} or {@code heif-convert} of libheif, or macOS's
 * {@code sips}. All of them keep the metadata. The file is untrusted, so the program runs within limits, and its output
 * is checked. {@code ffmpeg} is not used: before version 7.1, it takes one tile of a photo for the whole. Thread-safe.
 */
public final class JpegProgram {
    /** Larger files are not converted. In bytes. */
    private static final long LARGEST = 128 << 20;

    private static final long LARGEST_RESULT = 256 << 20;
    private static final long MEMORY = 3L << 30;
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final String QUALITY = "92";
    private static final String IN = "in.heic";
    private static final String OUT = "out.jpg";
    private static final int HEAD_BYTES = 1 << 20;

    private final List<String> command;
    private final BoundedProgram bounded;

    private JpegProgram(List<String> command, BoundedProgram bounded) {
        this.command = command;
        this.bounded = bounded;
    }

    /** Returns the program; empty if none is installed. */
    public static Optional<JpegProgram> find(Programs programs) {
        return find(programs, LONGEST);
    }

    static Optional<JpegProgram> find(Programs programs, Duration longest) {
        BoundedProgram bounded = new BoundedProgram(programs, new Bounds(MEMORY, LARGEST_RESULT, longest));
        for (String name : List.of("heif-dec", "heif-convert")) {
            Optional<Path> program = programs.find(name);
            if (program.isPresent()) {
                return Optional.of(new JpegProgram(List.of(program.get().toString(), "-q", QUALITY, IN, OUT), bounded));
            }
        }
        return programs.find("sips")
                .map(program -> new JpegProgram(
                        List.of(
                                program.toString(),
                                "-s",
                                "format",
                                "jpeg",
                                "-s",
                                "formatOptions",
                                QUALITY,
                                IN,
                                "--out",
                                OUT),
                        bounded));
    }

    /**
     * The result for one photo. Closing it deletes the JPEG.
     *
     * @param folder the folder that it is in
     * @param size the size of the JPEG, in bytes; -1 if there is none
     * @param why why there is none: a sentence that follows the name of the photo; empty if there is one, or if the
     * photo itself is not as it was backed up
     */
    record Jpeg(Path folder, long size, String sha256, String why) implements Closeable {
        static final Jpeg NONE = new Jpeg(Path.of(""), -1, "", "");

        boolean isMade() {
            return size >= 0;
        }

        SeekableByteChannel open() throws IOException {
            return Files.newByteChannel(folder.resolve(OUT), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        }

        @Override
        public void close() throws IOException {
            if (folder.toString().isEmpty()) {
                return;
            }
            try (var made = Files.list(folder)) {
                for (Path file : made.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    /**
     * Converts a photo.
     *
     * @throws IOException if the temporary disk is full, or the thread is interrupted
     */
    Jpeg convert(MemberSource source, Member photo) throws IOException {
        Path folder = Files.createTempDirectory("shoebox-jpeg");
        boolean kept = false;
        try {
            Jpeg jpeg = convert(source, photo, folder);
            kept = true;
            return jpeg;
        } finally {
            if (!kept) {
                none(folder, "").close();
            }
        }
    }

    private static Jpeg none(Path folder, String why) {
        return new Jpeg(folder, -1, "", why);
    }

    private Jpeg convert(MemberSource source, Member photo, Path folder) throws IOException {
        if (photo.size() > LARGEST) {
            return none(folder, "is too large");
        }
        SeekableByteChannel original;
        try {
            original = source.open(photo);
        } catch (IOException unreadable) {
            return none(folder, "");
        }
        try (original) {
            if (!copy(original, folder.resolve(IN)).equals(photo.sha256())) {
                return none(folder, "");
            }
        }
        if (!bounded.run(folder, command)) {
            return none(
                    folder, "could not be read by " + Path.of(command.get(0)).getFileName());
        }
        Path made = folder.resolve(OUT);
        if (!Files.isRegularFile(made, LinkOption.NOFOLLOW_LINKS) || Files.size(made) > LARGEST_RESULT) {
            return none(folder, "holds several pictures, or none");
        }
        try (SeekableByteChannel jpeg = Files.newByteChannel(made)) {
            if (PlausibilityCheck.of(jpeg, OUT) != Plausibility.PLAUSIBLE || isSmaller(jpeg, folder.resolve(IN))) {
                return none(folder, "came out damaged or cut");
            }
            return new Jpeg(folder, Files.size(made), hash(jpeg.position(0)), "");
        }
    }

    private static String copy(SeekableByteChannel from, Path to) throws IOException {
        MessageDigest digest = Sha256.digest();
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        try (FileChannel out = FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            while (from.read(buffer.clear()) >= 0) {
                digest.update(buffer.flip());
                buffer.rewind();
                while (buffer.hasRemaining()) {
                    out.write(buffer);
                }
            }
        }
        return Sha256.hex(digest);
    }

    private static String hash(SeekableByteChannel content) throws IOException {
        MessageDigest digest = Sha256.digest();
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        while (content.read(buffer.clear()) >= 0) {
            digest.update(buffer.flip());
        }
        return Sha256.hex(digest);
    }

    /**
     * Returns whether it has less than half of the pixels that the photo declares: then it is only a part of the photo.
     */
    private static boolean isSmaller(SeekableByteChannel jpeg, Path photo) throws IOException {
        Optional<ShotDetails.Size> size;
        try (SeekableByteChannel bytes = Files.newByteChannel(photo)) {
            size = Metadata.readAll(bytes).details().size();
        }
        return size.isPresent()
                && pixels(jpeg) * 2 < size.get().width() * size.get().height();
    }

    /** Returns the pixels of the first frame header of a JPEG; 0 if it has none. */
    private static long pixels(SeekableByteChannel jpeg) throws IOException {
        ByteBuffer head = ByteBuffer.allocate((int) Math.min(HEAD_BYTES, jpeg.size()));
        jpeg.position(0);
        while (head.hasRemaining() && jpeg.read(head) >= 0) {
            // Read until the buffer is full.
        }
        try {
            int at = 2;
            while (true) {
                int marker = head.getShort(at) & 0xffff;
                boolean isFrame = marker >= 0xffc0 && marker <= 0xffcf;
                if (isFrame && marker != 0xffc4 && marker != 0xffc8 && marker != 0xffcc) {
                    return (long) (head.getShort(at + 5) & 0xffff) * (head.getShort(at + 7) & 0xffff);
                }
                at += 2 + Math.max(2, head.getShort(at + 2) & 0xffff);
            }
        } catch (IndexOutOfBoundsException none) {
            return 0;
        }
    }
}
