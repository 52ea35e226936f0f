package dev.shoebox.run.alert;

import java.io.IOException;

/** One channel for alerts. */
interface AlertWay {
    /**
     * Sends an alert, or ignores it if this channel has no use for its kind.
     *
     * @throws IOException with a message that shows no secret
     */
    void send(Alert alert) throws IOException;
}
