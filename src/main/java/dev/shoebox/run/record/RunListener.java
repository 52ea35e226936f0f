package dev.shoebox.run.record;

/** Hears in lines for people what a run tells besides its events. Called from one thread at a time. */
public interface RunListener {
    /** For the log alone. */
    void note(String line);

    /** What goes on. */
    void say(String line);

    /** What nobody should miss. */
    void warn(String line);
}
