package dev.shoebox.destination;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.Names;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.photos.CaptureTime;
import dev.shoebox.text.Sha256;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Files beside photos with facts from a phone's library. They can be written again, so neither {@code SHA256SUMS} nor
 * the catalogue lists them, and they are not forced.
 *
 * <p>Each contains a digest of itself. A sidecar that matches its digest is unchanged: it is moved to
 * {@code .shoebox/set-aside} when its content must change. One that does not match was changed by the user, or is the
 * user's own, and stays. A sidecar cut off by a crash has no end, and is set aside, too.
 */
public final class Sidecars {
    /** The placeholder for the digest, which the content must have once. */
    public static final String DIGEST = "sha256:" + "0".repeat(64);

    private static final List<String> EXTENSIONS = List.of(".xmp", ".json");
    private static final String LABEL = "sha256:";
    private static final int LARGEST = 1 << 20;

    private final Disk disk;
    private final Catalogue catalogue;
    private int count;

    Sidecars(Disk disk, Catalogue catalogue) {
        this.disk = disk;
        this.catalogue = catalogue;
    }

    /** The result of writing a sidecar. */
    public enum Outcome {
        WRITTEN,
        REFRESHED,
        UNCHANGED,
        /** Another file has its name. */
        LEFT
    }

    /**
     * Writes a sidecar beside a photo.
     *
     * @param photo path of the stored file
     * @param extension with its dot, appended to the name of the photo
     * @param content the content with {@link #DIGEST} in it, for the date under which the photo is filed. Without a
     *     date it is the content of earlier versions, which counts as unchanged: otherwise an upgrade would rewrite
     *     every sidecar
     */
    public Outcome write(String photo, String extension, Function<Optional<CaptureTime>, String> content)
            throws DestinationException {
        try {
            String path = photo + extension;
            if (catalogue.at(path).isPresent()) {
                return Outcome.LEFT;
            }
            String sealed = sealed(content.apply(captured(photo)));
            Optional<Disk.Entry> there = disk.look(path);
            if (there.isEmpty()) {
                publish(path, sealed);
                return Outcome.WRITTEN;
            }
            if (!there.get().isFile() || there.get().size() > LARGEST) {
                return Outcome.LEFT;
            }
            String before = text(disk, path, (int) there.get().size());
            String undated = sealed(content.apply(Optional.empty()));
            if (before.equals(sealed) || before.equals(undated)) {
                return Outcome.UNCHANGED;
            }
            if (!isOurs(before) && !isTorn(before, sealed) && !isTorn(before, undated)) {
                return Outcome.LEFT;
            }
            setAside(disk, path);
            publish(path, sealed);
            return Outcome.REFRESHED;
        } catch (IOException e) {
            throw DestinationException.of(e, disk);
        }
    }

    private Optional<CaptureTime> captured(String photo) throws DestinationException {
        return catalogue.origins(photo).stream().findFirst().flatMap(Journal.Entry::captured);
    }

    private static String sealed(String content) {
        return content.replace(DIGEST, LABEL + digest(content));
    }

    private void publish(String path, String sealed) throws IOException {
        String part = Identity.STAGING + "/sidecar-" + ++count + ".part";
        try (Disk.Out out = disk.create(part)) {
            out.write(ByteBuffer.wrap(sealed.getBytes(StandardCharsets.UTF_8)));
        }
        disk.move(part, path);
    }

    /** Sets aside the sidecars of a photo that is set aside itself; changed ones stay. */
    static void setAsideWith(Disk disk, String photo) throws IOException {
        for (String extension : EXTENSIONS) {
            String path = photo + extension;
            Optional<Disk.Entry> there = disk.look(path);
            if (there.isPresent()
                    && there.get().isFile()
                    && there.get().size() <= LARGEST
                    && isOurs(text(disk, path, (int) there.get().size()))) {
                setAside(disk, path);
            }
        }
    }

    private static void setAside(Disk disk, String path) throws IOException {
        if (disk.look(Identity.SET_ASIDE).isEmpty()) {
            disk.makeFolder(Identity.SET_ASIDE);
        }
        String name = Identity.SET_ASIDE + "/" + Names.last(path);
        String free = name;
        for (int number = 2; disk.look(free).isPresent(); number++) {
            free = name + "-" + number;
        }
        disk.move(path, free);
    }

    private static boolean isOurs(String text) {
        int label = text.lastIndexOf(LABEL);
        int end = label + DIGEST.length();
        if (label < 0 || end > text.length()) {
            return false;
        }
        String blank = text.substring(0, label) + DIGEST + text.substring(end);
        return text.substring(label + LABEL.length(), end).equals(digest(blank));
    }

    /** Whether a crash left only the beginning of the content, or zeros. */
    private static boolean isTorn(String before, String sealed) {
        return sealed.startsWith(before.replace("\0", ""));
    }

    private static String text(Disk disk, String path, int size) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(size);
        try (SeekableByteChannel channel = disk.read(path)) {
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // Reads until the buffer is full, or the file ends earlier.
            }
        }
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }

    private static String digest(String text) {
        return Sha256.hex(text);
    }
}
