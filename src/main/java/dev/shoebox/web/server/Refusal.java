package dev.shoebox.web.server;

/** A request that is answered with an error status and one line of text. */
public final class Refusal extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;

    /** @param status 400 to 599 */
    public Refusal(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    /** There is nothing at that path, or with that number. */
    public static Refusal notFound() {
        return new Refusal(404, "Not found.");
    }

    int status() {
        return status;
    }
}
