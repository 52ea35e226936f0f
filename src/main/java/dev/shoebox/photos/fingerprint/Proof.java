package dev.shoebox.photos.fingerprint;

/** How a copy was verified against its original, beyond its size and content check. */
public enum Proof {
    /** Read once: a flipped bit would have gone unnoticed. */
    READ_ONCE("read once"),
    /** Two reads of the source gave the same bytes. */
    READ_TWICE("read twice"),
    /** Its SHA-1 is the one that the phone computed for its own file. */
    PHONE_HASH("the phone's own hash"),
    /** It has the fingerprint that Photos computed when it imported the original. */
    FINGERPRINT("Photos' own fingerprint"),
    /** Two reads agree, or the phone's hash, and the library recorded another size: the file was changed there since. */
    CHANGED("changed on the iPhone since Photos imported it"),
    /**
     * Two reads agree, or the phone's hash, and it has the recorded size, but not the content that Photos imported: it may
     * be damaged on the source.
     */
    PERHAPS_DAMAGED("not as Photos imported it; may be damaged on the iPhone"),
    /** Not read: by its claimed fingerprint and size, it is a copy that the backup had already. */
    CLAIMED("identified by its fingerprint, not read");

    private final String words;

    Proof(String words) {
        this.words = words;
    }

    /** Returns the description for the user. */
    public String words() {
        return words;
    }
}
