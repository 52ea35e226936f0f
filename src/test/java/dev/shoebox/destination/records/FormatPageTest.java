package dev.shoebox.destination.records;

import dev.shoebox.destination.records.database.Database;
import dev.shoebox.photos.CaptureTime.Origin;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.fingerprint.Proof;
import dev.shoebox.photos.format.Plausibility;
import dev.shoebox.photos.source.SourceId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

/** docs/destination-format.md agrees with what the records of a backup contain. */
class FormatPageTest {
    @TempDir
    Path folder;

    private static String page() throws IOException {
        return Files.readString(Path.of("docs/destination-format.md"));
    }

    private static Set<String> missing(Stream<String> words, String page) {
        return words.filter(word -> !page.contains("`" + word + "`")).collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @ValueSource(classes = {SourceId.Kind.class, Role.class, Origin.class, Proof.class, Plausibility.class})
    void everyConstantInTheJournalIsOnThePage(Class<? extends Enum<?>> constants) throws IOException {
        assertEquals(Set.of(), missing(Stream.of(constants.getEnumConstants()).map(Enum::name), page()));
    }

    @Test
    void everyEventOfTheJournalIsOnThePage() throws IOException {
        String source = Files.readString(Path.of("src/main/java/dev/shoebox/destination/records/Journal.java"));
        Set<String> events = Pattern.compile("put\\(\"event\",([^;]+);")
                .matcher(source)
                .results()
                .flatMap(put ->
                        Pattern.compile("\"([a-z]+)\"").matcher(put.group(1)).results())
                .map(name -> name.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertTrue(events.size() > 10, events::toString);
        assertEquals(Set.of(), missing(events.stream(), page()));
    }

    @Test
    void theCatalogueHasTheVersionAndTheTablesOfThePage() throws Exception {
        try (Database database = Database.exclusive(folder.resolve("catalogue.sqlite"), false, () -> false)) {
            var catalogue = new Catalogue(database);
            catalogue.transaction(catalogue::create);
            List<String> names = database.query(
                    "SELECT name FROM sqlite_schema WHERE type = 'table'"
                            + " UNION SELECT name FROM pragma_table_info('files') WHERE name <> 'id'",
                    row -> row.getString(1));

            assertTrue(page().contains("user version " + database.version() + ","), "version " + database.version());
            assertEquals(Set.of(), missing(names.stream(), page()));
        }
    }
}
