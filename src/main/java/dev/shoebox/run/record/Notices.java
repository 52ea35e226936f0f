package dev.shoebox.run.record;

/** Tells a person something who does not look at a terminal. */
public interface Notices {
    /** For where nobody can be told. */
    Notices NONE = (title, text) -> {};

    /** Shows it once, and does not wait for an answer. */
    void tell(String title, String text);
}
