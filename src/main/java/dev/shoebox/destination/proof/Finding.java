package dev.shoebox.destination.proof;

/** A finding about one file, for the user. */
public sealed interface Finding {
    /** Returns the path relative to the destination. */
    String path();

    /** Returns whether the stored file is missing or not as it was stored. */
    default boolean isDamage() {
        return true;
    }

    /**
     * The file is intact under another name: the user or another program moved it.
     *
     * @param to relative to the destination
     */
    record Moved(String path, String to) implements Finding {
        @Override
        public boolean isDamage() {
            return false;
        }
    }

    /** The stored file no longer exists. */
    record Missing(String path) implements Finding {}

    /** The content is not what was stored, or its line in {@code SHA256SUMS} was changed. */
    record Altered(String path) implements Finding {}

    /** @param reason the system's words */
    record Unreadable(String path, String reason) implements Finding {}

    /**
     * This user may not read the file. That is not damage, and nothing is recorded.
     *
     * @param reason who owns it, and what to do
     */
    record Denied(String path, String reason) implements Finding {
        @Override
        public boolean isDamage() {
            return false;
        }
    }

    /** The file exists, but {@code SHA256SUMS} does not list it: not damage, but not proven either. */
    record Unlisted(String path) implements Finding {
        @Override
        public boolean isDamage() {
            return false;
        }
    }
}
