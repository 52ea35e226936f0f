package dev.shoebox;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The types, packages and tests that the pages in docs name exist. */
class DocumentationTest {
    private static final Path DOCS = Path.of("docs");
    private static final Path DECISIONS = DOCS.resolve("decisions");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");
    private static final Pattern TYPE = Pattern.compile("(?<![.]{3})\\b[A-Z][a-z]+[A-Z]\\w*\\b");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern PLACE = Pattern.compile("^((?:[a-z]+\\.)+)([A-Z]\\w+)");
    private static final Pattern DECLARED = Pattern.compile("\\b(?:class|interface|record|enum) (\\w+)");

    private static List<Path> files(Path below, String ending) throws IOException {
        try (Stream<Path> all = Files.walk(below)) {
            return all.filter(path -> path.toString().endsWith(ending)).sorted().toList();
        }
    }

    private static Stream<String> found(Pattern pattern, String text, int group) {
        return pattern.matcher(text).results().map(result -> result.group(group));
    }

    @Test
    void everyLinkLeadsToAFile() throws IOException {
        Set<String> dead = new TreeSet<>();
        for (Path page : Stream.concat(Stream.of(Path.of("README.md")), files(DOCS, ".md").stream())
                .toList()) {
            Path folder = page.toAbsolutePath().getParent();
            found(LINK, Files.readString(page), 1)
                    .filter(target -> !Files.exists(folder.resolve(target)))
                    .forEach(target -> dead.add(page + " -> " + target));
        }
        assertEquals(Set.of(), dead);
    }

    @Test
    void everyTypeThatIsNamedExists() throws IOException {
        Set<String> declared = new TreeSet<>();
        for (Path source : files(Path.of("src"), ".java")) {
            found(DECLARED, Files.readString(source), 1).forEach(declared::add);
        }
        assertTrue(declared.size() > 500);
        Set<String> unknown = new TreeSet<>();
        List<Path> pages = Stream.concat(
                        Stream.of(DOCS.resolve("architecture.md"), DOCS.resolve("CONTRIBUTING.md")),
                        files(DECISIONS, ".md").stream())
                .toList();
        for (Path page : pages) {
            found(CODE, Files.readString(page), 1)
                    .flatMap(code -> found(TYPE, code, 0))
                    .filter(type -> !declared.contains(type))
                    .forEach(type -> unknown.add(page + ": " + type));
        }
        // Of metadata-extractor.
        unknown.removeIf(line -> line.matches(".*0002.*: (TiffReader|IptcReader|RiffReader)"));

        assertEquals(Set.of(), unknown);
    }

    @Test
    void everyDecisionIsListedAndSaysHowItCouldProveWrong() throws IOException {
        String list = Files.readString(DOCS.resolve("architecture.md"));
        Set<String> incomplete = new TreeSet<>();
        for (Path record : files(DECISIONS, ".md")) {
            String text = Files.readString(record);
            boolean whole = Stream.of("**Context.**", "**Decision.**", "**How we would notice it was wrong.**")
                    .allMatch(text::contains);
            if (!whole || !list.contains("(decisions/" + record.getFileName() + ")")) {
                incomplete.add(record.getFileName().toString());
            }
        }
        assertEquals(Set.of(), incomplete);
    }

    @Test
    void everyTypeIsWhereARecipeLooksForIt() throws IOException {
        Set<String> missing = new TreeSet<>();
        found(CODE, Files.readString(DOCS.resolve("CONTRIBUTING.md")), 1)
                .flatMap(code -> PLACE.matcher(code).results())
                .map(place -> place.group(1).replace('.', '/') + place.group(2) + ".java")
                .filter(file -> !Files.exists(Path.of("src/main/java/dev/shoebox", file)))
                .forEach(missing::add);
        assertEquals(Set.of(), missing);
    }

    @Test
    void everyTestOfARecipeExists() throws IOException {
        Set<String> tests = files(Path.of("src/test/java"), ".java").stream()
                .map(path -> path.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toSet());
        String recipes = Files.readString(DOCS.resolve("CONTRIBUTING.md"));

        assertEquals(
                List.of(),
                found(Pattern.compile("(?<![.]{3})\\b[A-Z]\\w+(?:Test|Contract)\\b"), recipes, 0)
                        .filter(test -> !tests.contains(test))
                        .toList());
    }
}
