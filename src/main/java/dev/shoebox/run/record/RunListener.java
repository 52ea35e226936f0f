package dev.shoebox.run.record;

/** Receives the messages of a run, as lines for the user. Called from one thread at a time. */
public interface RunListener {
    /** Receives a line for the log only. */
    void note(String line);

    /** Receives a line on the progress of the run. */
    void say(String line);

    /** Receives a warning. */
    void warn(String line);
}
