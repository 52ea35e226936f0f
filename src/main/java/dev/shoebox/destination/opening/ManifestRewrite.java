package dev.shoebox.destination.opening;

import dev.shoebox.destination.aside.SetAside;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.DiskCapabilities;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.destination.records.Manifest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * Rewrites {@code SHA256SUMS} with some lines left out or replaced, so that a crash loses none of the others: users and programs write in
 * it, too, and we have no other record of their lines. The new content is durable beside our records from before the
 * old file is set aside until the new one is durable, and the next opening completes an interrupted rewrite.
 */
final class ManifestRewrite {
    private static final String FRESH = Identity.FOLDER + "/manifest.new";

    private final Disk disk;
    private final DiskCapabilities abilities;

    ManifestRewrite(Disk disk, DiskCapabilities abilities) {
        this.disk = disk;
        this.abilities = abilities;
    }

    /** Decides which lines to replace. */
    interface Change {
        /** Returns the new lines; null to keep the old ones. */
        List<String> instead(Manifest.Group lines) throws IOException;
    }

    /** Selects lines. */
    interface Choice {
        boolean test(Manifest.Group lines) throws IOException;
    }

    /** Leaves some lines out. Every other byte stays as it is. */
    void leaveOut(Choice leftOut, Instant now) throws IOException {
        change(group -> leftOut.test(group) ? List.of() : null, now);
    }

    /** Replaces some lines. Every other byte stays as it is. */
    void change(Change change, Instant now) throws IOException {
        replace(changed(change), now);
    }

    private ByteBuffer changed(Change change) throws IOException {
        byte[] bytes = bytes(Manifest.FILE);
        var rest = new ByteArrayOutputStream(bytes.length);
        int[] begin = {0};
        String unended = Manifest.readAll(disk, 0, group -> {
            int end = (int) Math.min(group.end(), bytes.length);
            put(rest, bytes, begin[0], end, change.instead(group));
            begin[0] = end;
        });
        var last = new Manifest.Group(Manifest.parse(unended).orElse(null), List.of(unended), bytes.length);
        put(rest, bytes, begin[0], bytes.length, change.instead(last));
        return ByteBuffer.wrap(rest.toByteArray());
    }

    private static void put(ByteArrayOutputStream rest, byte[] bytes, int from, int to, List<String> insteadOrNull) {
        if (insteadOrNull == null) {
            rest.write(bytes, from, to - from);
        } else {
            insteadOrNull.forEach(line -> rest.writeBytes((line + "\n").getBytes(StandardCharsets.UTF_8)));
        }
    }

    private void replace(ByteBuffer content, Instant now) throws IOException {
        write(FRESH, content.duplicate(), Identity.FOLDER);
        SetAside.setAside(disk, abilities, Manifest.FILE, now);
        write(Manifest.FILE, content, "");
        forget();
    }

    /** Completes an interrupted rewrite, if there is one; called before the file is opened. */
    void end() throws IOException {
        if (!disk.hasFile(FRESH)) {
            return;
        }
        byte[] fresh = bytes(FRESH);
        if (disk.look(Manifest.FILE).isEmpty()) {
            write(Manifest.FILE, ByteBuffer.wrap(fresh), "");
        } else if (disk.hasFile(Manifest.FILE)) {
            byte[] there = bytes(Manifest.FILE);
            // If it is not a beginning of the new content, it is the old file, which was not set aside yet, or one that
            // the user created: it stays. Otherwise it is the part written so far.
            if (there.length <= fresh.length && isBeginning(there, fresh)) {
                disk.delete(Manifest.FILE);
                write(Manifest.FILE, ByteBuffer.wrap(fresh), "");
            }
        }
        forget();
    }

    /** Whether one is a beginning of the other; a crash may have left zeros for the rest. */
    private static boolean isBeginning(byte[] there, byte[] whole) {
        int length = there.length;
        while (length > 0 && there[length - 1] == 0) {
            length--;
        }
        for (int i = 0; i < length; i++) {
            if (there[i] != whole[i] && there[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private void write(String path, ByteBuffer content, String folder) throws IOException {
        try (Disk.Out out = disk.create(path)) {
            out.write(content);
            if (abilities.forces()) {
                out.force();
            }
        }
        if (abilities.forces()) {
            // On FAT, the size of a new file becomes durable only with its name.
            disk.force(path);
        }
        forceFolder(folder);
    }

    private void forget() throws IOException {
        disk.delete(FRESH);
        forceFolder(Identity.FOLDER);
    }

    private void forceFolder(String folder) throws IOException {
        if (abilities.forcesFolders()) {
            disk.forceFolder(folder);
        }
    }

    private byte[] bytes(String path) throws IOException {
        ByteBuffer all = ByteBuffer.allocate(
                Math.toIntExact(disk.look(path).orElseThrow().size()));
        try (SeekableByteChannel channel = disk.read(path)) {
            while (all.hasRemaining() && channel.read(all) >= 0) {
                // Until all bytes are written.
            }
        }
        return all.array();
    }
}
