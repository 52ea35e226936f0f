package dev.shoebox.web.server;

import java.util.Map;

/** A request that is answered with an error status and one line of text. */
public final class Refusal extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;
    private final transient Words words; // or null

    /**
     * What people hear of it in their language.
     *
     * @param key of the sentence
     * @param gaps what it names
     */
    record Words(String key, Map<String, String> gaps) {}

    /**
     * For programs alone: the page never asks for what is answered so.
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
     * One that people read.
     *
     * @param status 400 to 599
     * @param key of a sentence of the page
     */
    public static Refusal said(int status, String key) {
        return said(status, key, Map.of());
    }

    /**
     * {@link #said(int, String)}.
     *
     * @param gaps what the sentence names
     */
    public static Refusal said(int status, String key, Map<String, String> gaps) {
        return new Refusal(status, new Words(key, gaps));
    }

    /**
     * It cannot be had now, and may be had in a moment.
     *
     * @param key of a sentence of the page
     */
    public static Refusal later(String key) {
        return said(503, key);
    }

    /** There is nothing at that path, or with that number. */
    public static Refusal notFound() {
        return new Refusal(404, "Not found.");
    }

    int status() {
        return status;
    }

    /** One line in a language. */
    String text(Sentences sentences, String language) {
        return words == null ? getMessage() : sentences.say(words.key(), words.gaps(), language);
    }
}
