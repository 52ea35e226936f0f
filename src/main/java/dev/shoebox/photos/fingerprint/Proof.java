package dev.shoebox.photos.fingerprint;

/** How it is known that a copy has the bytes of its original, beyond that every byte came and can be what it claims. */
public enum Proof {
    /** Read once: nothing on the way would have noticed a bit that turned. */
    READ_ONCE("read once"),
    /** Two readings of the source gave the same bytes. */
    READ_TWICE("read twice"),
    /** Its SHA-1 is the one that the phone computed of its own file. */
    PHONE_HASH("the phone's own hash"),
    /** It has the fingerprint that Photos computed when it took the original in. */
    FINGERPRINT("Photos' own fingerprint"),
    /** Two readings agree, and the source's library recorded another size: it was changed there since. */
    CHANGED("read twice; changed on the iPhone since Photos imported it"),
    /** Two readings agree, and differ from what Photos took in, whose size they have: it may be damaged on the source. */
    PERHAPS_DAMAGED("read twice; may be damaged on the iPhone"),
    /** Not read: its fingerprint and size are claimed to be those of a copy that was here already. */
    CLAIMED("identified by its fingerprint, not read");

    private final String words;

    Proof(String words) {
        this.words = words;
    }

    /** For people. */
    public String words() {
        return words;
    }
}
