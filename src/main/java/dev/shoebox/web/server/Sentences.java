package dev.shoebox.web.server;

import java.util.Map;

/** The texts for people, in their language. */
public interface Sentences {
    /**
     * Returns a text.
     *
     * @param gaps the values of the placeholders
     * @param accepted the value of the header {@code Accept-Language}; may be anything
     */
    String say(String key, Map<String, String> gaps, String accepted);
}
