package dev.shoebox.web.server;

import java.io.IOException;

/** Answers the requests of one route. Called on many threads at once. */
public interface Handler {
    /**
     * The answer.
     *
     * @throws Refusal to answer with an error
     * @throws IOException if what is asked for cannot be read now: answered with 503
     */
    Response answer(Request request) throws Refusal, IOException;
}
