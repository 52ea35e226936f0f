package dev.shoebox.simulator;

import java.time.Instant;

/**
 * What a phone's file system says of a path.
 *
 * @param target where a link points, or empty
 */
record Node(Kind kind, long size, Instant modified, Instant born, int links, String target) {
    /** As {@code st_ifmt} tells them apart. */
    enum Kind {
        FILE("S_IFREG"),
        FOLDER("S_IFDIR"),
        LINK("S_IFLNK");

        private final String format;

        Kind(String format) {
            this.format = format;
        }

        String format() {
            return format;
        }
    }

    static Node file(long size, Instant modified, Instant born) {
        return new Node(Kind.FILE, size, modified, born, 1, "");
    }

    static Node folder(Instant modified) {
        return new Node(Kind.FOLDER, 64, modified, modified, 2, "");
    }

    Node withSize(long value) {
        return new Node(kind, value, modified, born, links, target);
    }

    Node withModified(Instant value) {
        return new Node(kind, size, value, born, links, target);
    }

    Node withBorn(Instant value) {
        return new Node(kind, size, modified, value, links, target);
    }
}
