package dev.shoebox.photos.format;

/**
 * The result of the content check: whether the bytes of a file can be what its name, its structure and its source's
 * library claim.
 */
public enum Plausibility {
    /** Nothing contradicts it. */
    PLAUSIBLE("no sign of damage"),
    /** It has no bytes. */
    EMPTY("it is empty"),
    /** Every byte is the same, as in a file that was never filled. */
    UNIFORM("all of its bytes are the same: it was never filled"),
    /** It ends before its own structure does, or is shorter than the source's library says. */
    TRUNCATED("it is cut short"),
    /** It has the name of a photo or video, but the content of no known format. */
    UNRECOGNISED("its content is not in any photo or video format that Shoebox knows");

    private final String words;

    Plausibility(String words) {
        this.words = words;
    }

    /** Returns whether no program can show it as the photo or video that it claims to be. */
    public boolean isBroken() {
        return this == EMPTY || this == UNIFORM || this == TRUNCATED;
    }

    /** Returns what is wrong with it, for the user, without a full stop. */
    public String words() {
        return words;
    }
}
