package dev.shoebox.destination.records.run;

import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.destination.records.Identity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A folder of small texts about runs: one file each, never changed.
 *
 * <p>A crash leaves the last of them complete, torn or absent, and readers skip torn ones. No photo depends on any. If
 * there are more than {@value #MOST}, or {@value #MOST_BYTES} bytes, the oldest of these files are deleted, and no
 * others; the journal keeps a line for every run.
 */
public final class RunRecords {
    public static final String IN_SHOEBOX = Identity.FOLDER + "/runs";

    static final int MOST = 500;
    static final long MOST_BYTES = 16 << 20;

    /** The maximum size of a text, in bytes. */
    private static final int LARGEST = 1 << 20;

    private static final String ENDING = ".json";

    /** The pattern of names, which sort by time. Files with other names are foreign. */
    private static final Pattern NAME = Pattern.compile("\\d{8}T\\d{6}Z-[0-9a-z-]{1,40}\\" + ENDING);

    private final Disk disk;
    private final String folder;

    public RunRecords(Disk disk, String folder) {
        this.disk = disk;
        this.folder = folder;
    }

    /**
     * Returns the records in a folder outside any shoebox, which is created if necessary.
     *
     * @throws IOException if it cannot be created
     */
    public static RunRecords in(Path parent, String name) throws IOException {
        Files.createDirectories(parent);
        return new RunRecords(new PathDisk(parent.toRealPath()), name);
    }

    /**
     * Stores a text durably, and deletes old ones if necessary.
     *
     * @param name {@code 20261120T140000Z-} and up to 40 lower-case letters, digits and hyphens
     * @throws IOException if it cannot be stored; a torn file may remain
     */
    public void keep(String name, String text) throws IOException {
        write(name, text, true);
        makeRoom();
    }

    /** Stores a text that will be {@linkplain #drop deleted} soon, and that a power cut may lose. */
    public void note(String name, String text) throws IOException {
        write(name, text, false);
    }

    private void write(String name, String text, boolean durable) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (!NAME.matcher(name + ENDING).matches()) {
            throw new IllegalArgumentException(name);
        }
        if (bytes.length > LARGEST) {
            throw new IOException("it lists too many names");
        }
        if (disk.look(folder).isEmpty()) {
            disk.makeFolder(folder);
            forceFolder(parent());
        }
        String path = path(name + ENDING);
        try (Disk.Out out = disk.create(path)) {
            out.write(ByteBuffer.wrap(bytes));
            if (durable) {
                out.force();
            }
        }
        if (durable) {
            forceFolder(folder);
        }
    }

    /** Deletes a text. */
    public void drop(String name) throws IOException {
        String path = path(name + ENDING);
        if (disk.hasFile(path)) {
            disk.delete(path);
        }
    }

    /**
     * One of the texts.
     *
     * @param file its path
     * @param text empty if it cannot be read, or is not ours
     */
    public record Text(String file, Optional<String> text) {}

    /** Returns every text, the newest first; unreadable ones are included. */
    public List<Text> texts() throws IOException {
        var texts = new ArrayList<Text>();
        for (String name : files()) {
            texts.add(new Text(path(name), text(path(name))));
        }
        return texts;
    }

    private Optional<String> text(String path) {
        try {
            Optional<Disk.Entry> entry = disk.look(path);
            if (entry.filter(file -> file.isFile() && file.size() <= LARGEST).isEmpty()) {
                return Optional.empty();
            }
            try (var channel = disk.read(path)) {
                byte[] bytes = Channels.newInputStream(channel).readNBytes(LARGEST);
                return Optional.of(new String(bytes, StandardCharsets.UTF_8));
            }
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** Returns the names of the texts, the newest first. */
    public List<String> names() throws IOException {
        return files().stream()
                .map(file -> file.substring(0, file.length() - ENDING.length()))
                .toList();
    }

    private List<String> files() throws IOException {
        return disk.names(folder).stream()
                .filter(name -> NAME.matcher(name).matches())
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    private void makeRoom() throws IOException {
        long bytes = 0;
        int kept = 0;
        boolean dropped = false;
        for (String name : files()) {
            bytes += disk.look(path(name)).map(Disk.Entry::size).orElse(0L);
            if (++kept > MOST || bytes > MOST_BYTES) {
                disk.delete(path(name));
                dropped = true;
            }
        }
        if (dropped) {
            forceFolder(folder);
        }
    }

    private String path(String name) {
        return folder + "/" + name;
    }

    private String parent() {
        return folder.contains("/") ? folder.substring(0, folder.lastIndexOf('/')) : "";
    }

    private void forceFolder(String path) {
        try {
            disk.forceFolder(path);
        } catch (IOException e) {
            // Some disks cannot force folders: a power cut may then lose this record, but no photo.
        }
    }
}
