package dev.shoebox.destination;

import java.text.Normalizer;
import java.util.Locale;

/**
 * How a kind of disk behaves when the power fails, as measured (facts: what each file system kept after a power cut) or
 * as read in its driver.
 */
public enum DiskProfile {
    /** A journal keeps the order: every force makes all earlier names durable. The same holds for xfs and btrfs. */
    EXT4(Order.JOURNALLED, Folding.NONE, true, true),
    /** No journal, no order: only what was forced is durable. The strictest disk that the standard allows. */
    EXT2(Order.NONE, Folding.NONE, true, true),
    /** A name exists in its folder alone, together with the size of its file. */
    EXFAT(Order.NONE, Folding.CASE, false, true),
    /** A new name begins without a size; forcing the file writes size and name. */
    FAT(Order.NONE, Folding.CASE, false, true),
    /** Represents APFS: case and Unicode form make no difference. */
    FOLDING(Order.JOURNALLED, Folding.UNICODE, true, true),
    /** Like a network drive: ordered, but a file has one name. */
    NO_LINKS(Order.JOURNALLED, Folding.NONE, false, true),
    /** NTFS under Windows: no folder can be forced, but forcing a file writes its log. */
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

    /** Whether names become durable in the order in which they were made, all of them with any force. */
    boolean isOrdered() {
        return order == Order.JOURNALLED;
    }

    boolean hasLinks() {
        return links;
    }

    boolean forcesFolders() {
        return forcesFolders;
    }

    /** Whether a newly renamed file is empty after a power cut until it is forced again. */
    boolean renameResets() {
        return this == FAT;
    }

    /** Whether forced bytes of a file stay durable when it gets another name. */
    boolean keepsForcedBytes() {
        return !renameResets() && !namesOwnBytes();
    }

    /** Whether forcing a file makes its own name durable. */
    boolean forceKeepsName() {
        return this == FAT;
    }

    /**
     * Whether a name owns its bytes: if so, a name that comes back after a power cut shares them with the file that
     * reused them, and deleting it frees them.
     */
    boolean namesOwnBytes() {
        return this == FAT || this == EXFAT;
    }

    /** The form in which names are compared. */
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
