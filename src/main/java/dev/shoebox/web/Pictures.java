package dev.shoebox.web;

import dev.shoebox.web.server.Refusal;
import dev.shoebox.web.server.Response;

import java.util.Optional;

/** What can be looked at. Each answer is empty where there is nothing of the kind. */
interface Pictures {
    /**
     * A small picture.
     *
     * @throws Refusal if it cannot be had now, and may be had later
     */
    Optional<Response> thumbnail(int id) throws Refusal;

    /**
     * The largest picture that a browser can show.
     *
     * @throws Refusal if it cannot be had now, and may be had later
     */
    Optional<Response> picture(int id) throws Refusal;

    /**
     * The film of a video or a Live Photo.
     *
     * @throws Refusal if it cannot be had now, and may be had later
     */
    Optional<Response> film(int id) throws Refusal;
}
