package dev.shoebox.web.page;

import dev.shoebox.web.server.Sentences;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.TreeMap;

/**
 * The texts of the page, in every language with a resource file: {@code words.properties} is English, {@code
 * words_de.properties} German. Keys missing in a language fall back to English.
 */
public final class Words implements Sentences {
    private static final String BUNDLE = "dev.shoebox.web.words";

    /**
     * Without this, the JDK would fall back to the system language: a German computer would answer in German to every
     * language that has no file.
     */
    private static final ResourceBundle.Control EXACTLY =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private final Locale system;

    /** @param system the language of this computer, for browsers that ask for no known language */
    public Words(Locale system) {
        this.system = system;
    }

    /** A language and all its texts, by key. */
    public record Chosen(Locale language, Map<String, String> words) {}

    /** @param accepted the value of the header {@code Accept-Language}; may be anything */
    public Chosen choose(String accepted) {
        for (Locale wanted : wanted(accepted)) {
            Optional<Locale> known = known(wanted);
            if (known.isPresent()) {
                return new Chosen(wanted, words(known.get()));
            }
        }
        return new Chosen(Locale.ENGLISH, words(Locale.ROOT));
    }

    @Override
    public String say(String key, Map<String, String> gaps, String accepted) {
        String sentence = choose(accepted).words().getOrDefault(key, key);
        for (Map.Entry<String, String> gap : gaps.entrySet()) {
            sentence = sentence.replace('{' + gap.getKey() + '}', gap.getValue());
        }
        return sentence;
    }

    private List<Locale> wanted(String accepted) {
        List<Locale> wanted = new ArrayList<>();
        try {
            Locale.LanguageRange.parse(accepted).stream()
                    .filter(range -> range.getWeight() > 0 && !range.getRange().contains("*"))
                    .forEach(range -> wanted.add(Locale.forLanguageTag(range.getRange())));
        } catch (IllegalArgumentException | IndexOutOfBoundsException garbage) {
            // Ignore it. The JDK throws the second exception for a lone comma.
        }
        wanted.add(system);
        return wanted;
    }

    /** Returns the locale of the resource file for a language; English is the root file. */
    private static Optional<Locale> known(Locale wanted) {
        if (wanted.getLanguage().isEmpty()) {
            return Optional.empty();
        }
        if (wanted.getLanguage().equals(Locale.ENGLISH.getLanguage())) {
            return Optional.of(Locale.ROOT);
        }
        try {
            Locale found = ResourceBundle.getBundle(BUNDLE, wanted, EXACTLY).getLocale();
            return found.equals(Locale.ROOT) ? Optional.empty() : Optional.of(found);
        } catch (MissingResourceException none) {
            return Optional.empty();
        }
    }

    private static Map<String, String> words(Locale file) {
        ResourceBundle bundle = ResourceBundle.getBundle(BUNDLE, file, EXACTLY);
        Map<String, String> words = new TreeMap<>();
        bundle.keySet().forEach(key -> words.put(key, bundle.getString(key)));
        return words;
    }
}
