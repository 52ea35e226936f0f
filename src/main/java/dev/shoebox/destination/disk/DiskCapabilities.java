package dev.shoebox.destination.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The capabilities of a disk, found by trying them in the staging folder and not by the type of its file system.
 *
 * @param names which names the disk does not distinguish
 * @param links whether a file can have a second name, which publishes it without replacing another
 * @param forces whether written bytes can be made durable on demand
 * @param forcesFolders whether names can be made durable on demand
 * @param keepsPermissions whether a file keeps its mode
 * @param readsPastCache whether a file can be read from the disk itself, bypassing the system's cache
 * @param largestFile in bytes
 */
public record DiskCapabilities(
        NameFolding names,
        boolean links,
        boolean forces,
        boolean forcesFolders,
        boolean keepsPermissions,
        boolean readsPastCache,
        long largestFile) {
    /**
     * Which names a disk does not distinguish.
     *
     * @param ofCase whether {@code a} and {@code A} are the same name
     * @param ofUnicode whether composed and decomposed letters are the same name
     */
    public record NameFolding(boolean ofCase, boolean ofUnicode) {}

    /** The assumptions for a disk that is only read. */
    public static final DiskCapabilities UNTRIED =
            new DiskCapabilities(new NameFolding(false, false), false, false, false, false, false, Long.MAX_VALUE);

    private static final String WEAKLY =
            "This disk does not support a full flush, so the drive may still hold the last photos in its "
                    + "own cache: eject it before you unplug it.";

    private static final byte CONTENT = 1;

    /** In bytes; a multiple of every cluster size, so that parts end where clusters do. */
    private static final long ALIGNED = 64 << 10;

    /**
     * @param folder a folder for scratch files
     * @param say receives each limitation that the user should know, once
     */
    public static DiskCapabilities probe(Disk disk, String folder, Consumer<String> say) throws IOException {
        String scratch = folder + "/probe-a";
        String accented = folder + "/probe-\u00e9";
        String second = folder + "/probe-link";
        for (String left : disk.names(folder)) {
            if (left.toLowerCase(Locale.ROOT).startsWith("probe-")) {
                disk.delete(folder + "/" + left);
            }
        }
        boolean forces = create(disk, scratch);
        boolean foldsCase = disk.look(folder + "/PROBE-A").isPresent();
        boolean keepsPermissions = disk.keepsMode(scratch);
        boolean readsPastCache = readsPastCache(disk, scratch);
        boolean links = links(disk, scratch, second);
        boolean foldsUnicode = foldsUnicode(disk, accented, folder + "/probe-e\u0301");
        disk.delete(scratch);
        boolean forcesFolders = forcesFolders(disk, folder);
        long largestFile = disk.largestFile(folder + "/probe-large");
        var abilities = new DiskCapabilities(
                new NameFolding(foldsCase, foldsUnicode),
                links,
                forces,
                forcesFolders,
                keepsPermissions,
                readsPastCache,
                largestFile);
        if (disk.isElsewhere()) {
            say.accept(DiskLimitation.ELSEWHERE.message());
        }
        if (forces && disk.forcesWeakly()) {
            say.accept(WEAKLY);
        }
        // A file system with links has a journal, which protects every file. FAT and exFAT lose names and contents.
        abilities.limits().stream()
                .filter(limit -> limit.isForEveryRun() || (limit == DiskLimitation.NO_FOLDER_FLUSH && !links))
                .map(DiskLimitation::message)
                .forEach(say);
        return abilities;
    }

    /** Returns the size of each part but the last, in bytes; {@link Long#MAX_VALUE} if the disk can hold every file. */
    public long partSize() {
        return largestFile == Long.MAX_VALUE || largestFile < ALIGNED ? largestFile : largestFile / ALIGNED * ALIGNED;
    }

    /** Returns the size of the largest file that can be stored, in parts if necessary, in bytes. */
    public long largestInParts() {
        return Long.MAX_VALUE / Disk.Parts.MOST < partSize() ? Long.MAX_VALUE : Disk.Parts.MOST * partSize();
    }

    /** Returns the limitations, the most important first. */
    public Set<DiskLimitation> limits() {
        Set<DiskLimitation> limits = EnumSet.noneOf(DiskLimitation.class);
        limit(limits, DiskLimitation.NO_FLUSH, !forces);
        limit(limits, DiskLimitation.NO_READ_BACK, !readsPastCache);
        limit(limits, DiskLimitation.NO_PERMISSIONS, !keepsPermissions);
        limit(limits, DiskLimitation.SMALL_FILES, largestFile < Long.MAX_VALUE);
        limit(limits, DiskLimitation.NO_FOLDER_FLUSH, !forcesFolders);
        limit(limits, DiskLimitation.NO_LINKS, !links);
        return limits;
    }

    private static void limit(Set<DiskLimitation> limits, DiskLimitation limit, boolean applies) {
        if (applies) {
            limits.add(limit);
        }
    }

    /** Returns whether a name that ends in a dot is kept: exFAT and FAT drop the dot silently. */
    public static boolean keepsNames(Disk disk, String folder) throws IOException {
        String dotted = folder + "/probe-dot.";
        try {
            create(disk, dotted);
        } catch (IOException e) {
            return true;
        }
        boolean kept = disk.names(folder).contains("probe-dot.");
        disk.delete(dotted);
        return kept;
    }

    private static boolean create(Disk disk, String path) throws IOException {
        try (Disk.Out out = disk.create(path)) {
            out.write(ByteBuffer.wrap(new byte[] {CONTENT}));
            try {
                out.force();
                return true;
            } catch (IOException e) {
                // macOS gives this answer if a driver has no full flush; any other refusal is a failing disk.
                String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
                if (message.contains("inappropriate ioctl")
                        || message.contains("not supported")
                        || message.contains("invalid argument")) {
                    return false;
                }
                throw e;
            }
        }
    }

    /** Whether direct reads work. Some drivers accept the option and then fail to read, or return nothing. */
    private static boolean readsPastCache(Disk disk, String path) {
        boolean[] right = {false};
        try {
            return disk.readPastCache(
                            path, bytes -> right[0] = bytes.remaining() == 1 && bytes.get(bytes.position()) == CONTENT)
                    && right[0];
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean links(Disk disk, String existing, String fresh) throws IOException {
        try {
            disk.link(existing, fresh);
        } catch (IOException e) {
            return false;
        }
        disk.delete(fresh);
        return true;
    }

    private static boolean foldsUnicode(Disk disk, String composed, String decomposed) throws IOException {
        create(disk, composed);
        boolean folds = disk.look(decomposed).isPresent();
        disk.delete(composed);
        return folds;
    }

    private static boolean forcesFolders(Disk disk, String folder) throws IOException {
        try {
            disk.forceFolder(folder);
            return true;
        } catch (IOException e) {
            // A disk without the capability always refuses. One that failed once is failing, and must not count as one
            // without.
            try {
                disk.forceFolder(folder);
            } catch (IOException again) {
                return false;
            }
            throw e;
        }
    }
}
