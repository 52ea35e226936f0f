package dev.shoebox.history;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class RunEndingTest {
    private static final Path PAGE = Path.of("docs/exit-codes.md");

    @Test
    void everyEndingHasACodeASentenceAndALineInThePage() throws IOException {
        String page = Files.readString(PAGE);
        for (RunEnding ending : RunEnding.values()) {
            assertTrue(ending.number() >= 0 && ending.number() < 256, ending.name());
            assertTrue(ending.sentence().endsWith("."), ending.name());
            assertTrue(page.contains("\n| " + ending.number() + " | "), ending.name());
        }
    }

    @Test
    void thePageListsNoCodeThatNothingEndsWith() throws IOException {
        List<String> codes = Files.readString(PAGE)
                .lines()
                .filter(line -> line.matches("\\| \\d+ \\|.*"))
                .map(line -> line.split(" ", 3)[1])
                .toList();
        assertEquals(
                Arrays.stream(RunEnding.values())
                        .map(ending -> Integer.toString(ending.number()))
                        .toList(),
                codes);
    }

    @Test
    void someCommandEndsInEachWay() throws IOException {
        Set<RunEnding> unused = EnumSet.allOf(RunEnding.class);
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source :
                    sources.filter(path -> path.toString().endsWith(".java")).toList()) {
                String text = Files.readString(source);
                unused.removeIf(ending -> text.contains("RunEnding." + ending.name()));
            }
        }
        assertEquals(Set.of(), unused);
    }

    @Test
    void anEndingIsFoundByItsNumber() {
        for (RunEnding ending : RunEnding.values()) {
            assertEquals(Optional.of(ending), RunEnding.of(ending.number()));
        }
        assertEquals(Optional.empty(), RunEnding.of(99));
    }
}
