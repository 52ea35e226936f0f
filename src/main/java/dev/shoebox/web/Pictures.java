package dev.shoebox.web;

import dev.shoebox.web.server.Response;

import java.io.IOException;
import java.util.Optional;

/** What can be looked at. Each answer is empty where there is nothing of the kind. */
interface Pictures {
    /**
     * A small picture.
     *
     * @throws IOException if it cannot be had now, and may be had later
     */
    Optional<Response> thumbnail(int id) throws IOException;

    /**
     * The largest picture that a browser can show.
     *
     * @throws IOException if it cannot be had now, and may be had later
     */
    Optional<Response> picture(int id) throws IOException;

    /**
     * The film of a video or a Live Photo.
     *
     * @throws IOException if it cannot be had now, and may be had later
     */
    Optional<Response> film(int id) throws IOException;
}
