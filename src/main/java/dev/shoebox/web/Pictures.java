package dev.shoebox.web;

import dev.shoebox.web.server.Refusal;
import dev.shoebox.web.server.Response;

import java.util.Optional;

/** The pictures that can be viewed. Each result is empty if there is no such picture. */
interface Pictures {
    /**
     * Returns the thumbnail of a photo.
     *
     * @throws Refusal if it is not available now, but may be later
     */
    Optional<Response> thumbnail(int id) throws Refusal;

    /**
     * Returns the largest picture that a browser can show.
     *
     * @throws Refusal if it is not available now, but may be later
     */
    Optional<Response> picture(int id) throws Refusal;

    /**
     * Returns the film of a video or Live Photo.
     *
     * @throws Refusal if it is not available now, but may be later
     */
    Optional<Response> film(int id) throws Refusal;
}
