package dev.shoebox.web.server;

import java.util.Map;

/** A request that is answered with an error status and one line of text. */
public final class Refusal extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;
    private final transient Words words; // or null

    /**
     * The message in the language of the reader.
     *
     * @param key the key of the sentence
     * @param gaps the values of its placeholders
     */
    record Words(String key, Map<String, String> gaps) {}

    /**
     * Creates a refusal for programs alone: the page never makes such a request.
     *
     * @param status 400 to 599
     */
    public Refusal(int status, String message) {
        super(message, null, false, false);
        this.status = status;
        this.words = null;
    }

    private Refusal(int status, Words words) {
        super(words.key(), null, false, false);
        this.status = status;
        this.words = words;
    }

    /**
     * Creates a refusal for people.
     *
     * @param status 400 to 599
     * @param key the key of a sentence of the page
     */
    public static Refusal said(int status, String key) {
        return said(status, key, Map.of());
    }

    /**
     * Creates a refusal as {@link #said(int, String)} does.
     *
     * @param gaps the values of the placeholders
     */
    public static Refusal said(int status, String key, Map<String, String> gaps) {
        return new Refusal(status, new Words(key, gaps));
    }

    /**
     * Creates a refusal of something that may become available soon.
     *
     * @param key the key of a sentence of the page
     */
    public static Refusal later(String key) {
        return said(503, key);
    }

    /** Creates a refusal for an unknown path or number. */
    public static Refusal notFound() {
        return new Refusal(404, "Not found.");
    }

    int status() {
        return status;
    }

    /** Returns the message in a language, as one line. */
    String text(Sentences sentences, String language) {
        return words == null ? getMessage() : sentences.say(words.key(), words.gaps(), language);
    }
}
