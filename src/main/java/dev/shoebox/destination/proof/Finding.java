package dev.shoebox.destination.proof;

/** Something about one file that a person should know. */
public sealed interface Finding {
    /** Relative to the destination. */
    String path();

    /** Whether what was stored is not there, or not as it was stored. */
    default boolean isDamage() {
        return true;
    }

    /**
     * It lies, whole, under another name than it was stored with: other hands moved it.
     *
     * @param to relative to the destination
     */
    record Moved(String path, String to) implements Finding {
        @Override
        public boolean isDamage() {
            return false;
        }
    }

    /** It was stored and is no longer there. */
    record Missing(String path) implements Finding {}

    /** Its content is not what was stored, or its line in {@code SHA256SUMS} is not what was written. */
    record Altered(String path) implements Finding {}

    /** @param reason the system's words */
    record Unreadable(String path, String reason) implements Finding {}

    /**
     * It may not be read here. That is no damage, and nothing is recorded of it.
     *
     * @param reason whose it is, and what to do
     */
    record Denied(String path, String reason) implements Finding {
        @Override
        public boolean isDamage() {
            return false;
        }
    }

    /** It lies there, but {@code SHA256SUMS} does not list it: not damage, but not proven either. */
    record Unlisted(String path) implements Finding {
        @Override
        public boolean isDamage() {
            return false;
        }
    }
}
