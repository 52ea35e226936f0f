package dev.shoebox.library;

import dev.shoebox.library.PhotosDatabase.Ios;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * docs/photos-library.md agrees with the code and with the tested versions; docs/CONTRIBUTING.md has the recipe for a
 * new iOS.
 */
class LibraryPageTest {
    private static String page() throws IOException {
        return Files.readString(Path.of("docs/photos-library.md"));
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyVersionThatIsTriedIsInTheTableWithItsTables() throws IOException {
        Pattern row = Pattern.compile("^\\| ([0-9.]+) \\| `(Z[A-Z]+)` \\| `(Z_[0-9]+ASSETS)` \\|", Pattern.MULTILINE);
        TreeMap<String, String> written = row.matcher(page())
                .results()
                .collect(Collectors.toMap(
                        result -> result.group(1),
                        result -> result.group(2) + " " + result.group(3),
                        (one, another) -> one + " and " + another,
                        TreeMap::new));
        TreeMap<String, String> tried = Arrays.stream(Ios.values())
                .map(ios -> entry(
                        ios.name().substring("IOS_".length()).replace('_', '.'),
                        ios.assetTable() + " " + ios.albumJoin()))
                .collect(Collectors.toMap(
                        entry -> entry.getKey(), entry -> entry.getValue(), (a, b) -> b, TreeMap::new));

        assertEquals(tried, written);
    }

    @Test
    void everyTableAndColumnThatIsReadExists() throws IOException {
        Pattern inCode = Pattern.compile("\"\\\\?\"?(Z_?[A-Z]+)\\b");
        Set<String> read = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/dev/shoebox/library"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                read.addAll(found(inCode, Files.readString(file)));
            }
        }
        assertTrue(read.size() > 40, read::toString);
        read.removeAll(found(Pattern.compile("`(Z_?[A-Z]+)`"), page()));

        assertEquals(Set.of(), read);
    }
}
