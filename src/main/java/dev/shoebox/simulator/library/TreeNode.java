package dev.shoebox.simulator.library;

import java.time.Instant;

/**
 * What a phone's file system says about a path.
 *
 * @param target the target of a link, or empty
 */
public record TreeNode(Kind kind, long size, Instant modified, Instant born, int links, String target) {
    /** The values of {@code st_ifmt}. */
    public enum Kind {
        FILE("S_IFREG"),
        FOLDER("S_IFDIR"),
        LINK("S_IFLNK");

        private final String format;

        Kind(String format) {
            this.format = format;
        }

        public String format() {
            return format;
        }
    }

    public static TreeNode file(long size, Instant modified, Instant born) {
        return new TreeNode(Kind.FILE, size, modified, born, 1, "");
    }

    public static TreeNode folder(Instant modified) {
        return new TreeNode(Kind.FOLDER, 64, modified, modified, 2, "");
    }

    public TreeNode withSize(long value) {
        return new TreeNode(kind, value, modified, born, links, target);
    }

    public TreeNode withModified(Instant value) {
        return new TreeNode(kind, size, value, born, links, target);
    }

    public TreeNode withBorn(Instant value) {
        return new TreeNode(kind, size, modified, value, links, target);
    }
}
