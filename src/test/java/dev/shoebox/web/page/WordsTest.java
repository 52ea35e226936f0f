package dev.shoebox.web.page;

import dev.shoebox.backup.event.Outcome;
import dev.shoebox.coverage.CoverageClass;
import dev.shoebox.coverage.icloud.Cause;
import dev.shoebox.text.PrintableText;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Every language has every text, and the page uses no text that is missing. */
class WordsTest {
    private static final Pattern GAP = Pattern.compile("\\{(\\w+)\\}");
    private static final Pattern SAID = Pattern.compile("(?:say\\(|data-word=|word: )['\"]([a-z][a-z0-9.-]*)['\"]");
    private static final Pattern REFUSED = Pattern.compile("\"(refused[.][a-z.]+)\"");
    private static final List<String> FILES = List.of(
            "index.html",
            "app.js",
            "band.js",
            "copies.js",
            "grid.js",
            "scrubber.js",
            "targets.js",
            "viewer.js",
            "words.js");

    private final Words words = new Words(Locale.ENGLISH);

    @Test
    void germanHasEveryTextOfEnglishWithTheSamePlaceholders() {
        Map<String, String> english = words.choose("en").words();
        Map<String, String> german = words.choose("de-DE,de;q=0.9").words();
        assertEquals(english.keySet(), german.keySet());
        english.forEach((key, text) -> assertEquals(gaps(text), gaps(german.get(key)), key));
        long same = english.entrySet().stream()
                .filter(entry -> entry.getValue().equals(german.get(entry.getKey())))
                .count();
        assertTrue(same < 12, () -> same + " sentences are the same in German");
    }

    private static Set<String> gaps(String text) {
        Matcher gap = GAP.matcher(text);
        Set<String> gaps = new TreeSet<>();
        while (gap.find()) {
            gaps.add(gap.group(1));
        }
        return gaps;
    }

    @Test
    void thePageAsksForNothingThatIsNotSaid() throws IOException {
        Set<String> keys = words.choose("en").words().keySet();
        for (String file : FILES) {
            String text;
            try (InputStream in = getClass().getResourceAsStream("/dev/shoebox/web/page/" + file)) {
                text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
            Matcher said = SAID.matcher(text);
            while (said.find()) {
                String key = said.group(1);
                assertTrue(keys.contains(key) || keys.contains(key + ".other"), () -> file + " says '" + key + "'");
            }
        }
    }

    @Test
    void theBrowsersLanguageComesBeforeTheComputers() {
        assertEquals(
                Locale.forLanguageTag("de-at"),
                words.choose("fr;q=0.9, de-AT;q=0.8").language());
        assertEquals(Locale.ENGLISH, words.choose("fr, ja").language());
        assertEquals(Locale.GERMAN, new Words(Locale.GERMAN).choose("fr, ja").language());
        assertEquals(Locale.GERMAN, new Words(Locale.GERMAN).choose("").language());
        assertEquals("en", new Words(Locale.GERMAN).choose("en-GB").language().getLanguage());
        assertEquals(Locale.ENGLISH, new Words(Locale.JAPANESE).choose("*").language());
    }

    @Test
    void aHeaderThatIsGarbageIsAsGoodAsNone() {
        for (String garbage : List.of("\u0000", ";;;", "de;q=x", "../../etc", "a".repeat(10_000), "-", ",")) {
            assertEquals(Locale.ENGLISH, words.choose(garbage).language(), garbage);
        }
    }

    @Test
    void pluralFormsComeInPairs() {
        Set<String> keys = words.choose("en").words().keySet();
        Set<String> ones = keys.stream()
                .filter(key -> key.endsWith(".one"))
                .map(key -> key.substring(0, key.length() - 4))
                .collect(Collectors.toSet());
        Set<String> others = keys.stream()
                .filter(key -> key.endsWith(".other"))
                .map(key -> key.substring(0, key.length() - 6))
                .collect(Collectors.toSet());
        assertEquals(ones, others);
    }

    private void assertSaid(String key) {
        Set<String> keys = words.choose("en").words().keySet();
        assertTrue(keys.contains(key), () -> "'" + key + "' is not said");
    }

    /** The page has a text in every language for each constant that the server sends. */
    @Test
    void everyStateHasAText() {
        for (Cause cause : Cause.values()) {
            assertSaid("icloud." + cause.word());
            assertSaid("icloud." + cause.word() + ".todo");
        }
        for (Outcome.Failed.Reason reason : Outcome.Failed.Reason.values()) {
            assertSaid("failure." + PrintableText.hyphenated(reason));
        }
        for (CoverageClass whereabouts : CoverageClass.values()) {
            assertSaid("evidence." + PrintableText.hyphenated(whereabouts));
        }
    }

    @Test
    void everyRefusalHasAText() throws IOException {
        int found = 0;
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java/dev/shoebox/web"))) {
            for (Path source :
                    sources.filter(each -> each.toString().endsWith(".java")).toList()) {
                Matcher refused = REFUSED.matcher(Files.readString(source));
                while (refused.find()) {
                    assertSaid(refused.group(1));
                    found++;
                }
            }
        }
        assertTrue(found > 10, "the pattern finds nothing any more");
    }
}
