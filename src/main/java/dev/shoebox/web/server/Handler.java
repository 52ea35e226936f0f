package dev.shoebox.web.server;

import java.io.IOException;

/** Answers the requests of one route. Called by many threads at once. */
public interface Handler {
    /**
     * Answers a request.
     *
     * @throws Refusal to answer with an error
     * @throws IOException if the requested data cannot be read now; answered with 503
     */
    Response answer(Request request) throws Refusal, IOException;
}
