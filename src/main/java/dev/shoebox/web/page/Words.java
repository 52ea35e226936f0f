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
 * What the page says, in each language that there is a file for: {@code words.properties} is English, {@code
 * words_de.properties} German. A key that a language lacks is said in English.
 */
public final class Words implements Sentences {
    private static final String BUNDLE = "dev.shoebox.web.words";

    /** Without it a German computer would answer in German whoever asks in a language that there is no file for. */
    private static final ResourceBundle.Control EXACTLY =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private final Locale system;

    /** @param system the language of this computer, for a browser that names none that is known */
    public Words(Locale system) {
        this.system = system;
    }

    /** A language and all that is said in it, by key. */
    public record Chosen(Locale language, Map<String, String> words) {}

    /** @param accepted as the header {@code Accept-Language} has it; may be anything */
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
            // It is as good as none; of a lone comma the JDK makes the second.
        }
        wanted.add(system);
        return wanted;
    }

    /** The file for a language; English is that of no language. */
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
