package dev.shoebox.web.server;

import java.util.Map;

/** What people are told, in their language. */
public interface Sentences {
    /**
     * @param gaps what the sentence names
     * @param accepted as the header {@code Accept-Language} has it; may be anything
     */
    String say(String key, Map<String, String> gaps, String accepted);
}
