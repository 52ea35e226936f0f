package dev.shoebox.photos.format;

/** Whether the bytes of a file can be what its name, its own structure and its source's library claim. */
public enum Plausibility {
    /** Nothing speaks against it. */
    PLAUSIBLE("no sign of damage"),
    /** It has no byte. */
    EMPTY("it is empty"),
    /** Every byte is the same, as of a file that was never filled. */
    UNIFORM("all of its bytes are the same: it was never filled"),
    /** It ends before its own structure does, or is shorter than the source's library says. */
    TRUNCATED("it is cut short"),
    /** It has the name of a photo or video, and the content of no known format. */
    UNRECOGNISED("its content is not in any photo or video format that Shoebox knows");

    private final String words;

    Plausibility(String words) {
        this.words = words;
    }

    /** Whether it cannot be the photo or video that it claims to be, whatever program looks at it. */
    public boolean isBroken() {
        return this == EMPTY || this == UNIFORM || this == TRUNCATED;
    }

    /** What is wrong with it, for people, without a full stop. */
    public String words() {
        return words;
    }
}
