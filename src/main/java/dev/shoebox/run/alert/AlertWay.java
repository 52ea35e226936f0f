package dev.shoebox.run.alert;

import java.io.IOException;

/** One way to tell somebody. */
interface AlertWay {
    /**
     * Passes it on, or not, where it is of a kind that this way has no use for.
     *
     * @throws IOException in words that show no secret
     */
    void send(Alert alert) throws IOException;
}
