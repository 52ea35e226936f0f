package dev.shoebox.destination;

import java.text.Normalizer;
import java.util.Locale;

/**
 * How a kind of disk behaves when the power goes, as far as it was measured (facts: what each file system kept after a
 * power cut) or read in its driver.
 */
public enum DiskProfile {
    /** A journal keeps the order: every force makes durable all names that were given before. So do xfs and btrfs. */
    EXT4(Order.JOURNALLED, Folding.NONE, true, true),
    /** No journal, no order: nothing is durable but what was forced. The strictest disk the standard allows. */
    EXT2(Order.NONE, Folding.NONE, true, true),
    /** A name lives in its folder alone, and brings the size of its file along. */
    EXFAT(Order.NONE, Folding.CASE, false, true),
    /** A new name begins with no size; forcing the file writes size and name. */
    FAT(Order.NONE, Folding.CASE, false, true),
    /** Stands for APFS: case and Unicode form make no difference. */
    FOLDING(Order.JOURNALLED, Folding.UNICODE, true, true),
    /** As a network drive: ordered, but a file has one name. */
    NO_LINKS(Order.JOURNALLED, Folding.NONE, false, true),
    /** NTFS under Windows: no folder can be forced; its log is written with every file that is. */
    NO_FOLDER_FORCE(Order.JOURNALLED, Folding.CASE, true, false);

    private enum Order {
        JOURNALLED,
        NONE
    }

    private enum Folding {
        NONE,
        CASE,
        UNICODE
    }

    private final Order order;
    private final Folding folding;
    private final boolean links;
    private final boolean forcesFolders;

    DiskProfile(Order order, Folding folding, boolean links, boolean forcesFolders) {
        this.order = order;
        this.folding = folding;
        this.links = links;
        this.forcesFolders = forcesFolders;
    }

    /** Whether names become durable in the order in which they were given, all of them with any force. */
    boolean isOrdered() {
        return order == Order.JOURNALLED;
    }

    boolean hasLinks() {
        return links;
    }

    boolean forcesFolders() {
        return forcesFolders;
    }

    /** Whether a file that was just given a name is empty after a power cut until it is forced again. */
    boolean renameResets() {
        return this == FAT;
    }

    /** Whether what was forced of a file stays durable when it gets another name. */
    boolean keepsForcedBytes() {
        return !renameResets() && !namesOwnBytes();
    }

    /** Whether forcing a file makes its own name durable. */
    boolean forceKeepsName() {
        return this == FAT;
    }

    /**
     * Whether a name owns its bytes: then a name that comes back after a power cut shares them with whoever got them
     * since, and deleting it gives them away.
     */
    boolean namesOwnBytes() {
        return this == FAT || this == EXFAT;
    }

    /** What tells two names apart. */
    String key(String path) {
        return switch (folding) {
            case NONE -> path;
            case CASE -> path.toUpperCase(Locale.ROOT);
            case UNICODE ->
                Normalizer.normalize(
                        Normalizer.normalize(path, Normalizer.Form.NFC).toUpperCase(Locale.ROOT), Normalizer.Form.NFC);
        };
    }
}
