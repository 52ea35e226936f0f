package dev.shoebox.photos.source;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.shoebox.photos.source.SourceId.Kind;
import dev.shoebox.text.PrintableText;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Every place in which a kind of source must appear; docs/CONTRIBUTING.md has the recipe for a new one. */
class SourceKindsTest {
    /** The program, and the tests of contracts. */
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(file -> !file.contains("test-classes") || file.contains("Contract"))
            .importPackages("dev.shoebox");

    private static Set<Kind> all() {
        return EnumSet.allOf(Kind.class);
    }

    @Test
    void everyKindPassesTheContract() {
        Set<Kind> proven = CLASSES.stream()
                .filter(type -> type.isAssignableTo(MediaSourceContract.class))
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.getName().equals("kind"))
                .flatMap(method -> method.getFieldAccesses().stream())
                .map(access -> Kind.valueOf(access.getTarget().getName()))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Kind.class)));

        assertEquals(all(), proven);
    }

    /** Each source has a room of its own; {@code ArchitectureTest} separates rooms. */
    @Test
    void everySourceIsInARoomWithAContractTest() {
        Set<String> sources = new TreeSet<>();
        Set<String> proven = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            boolean test = type.getSource()
                    .map(source -> source.getUri().toString().contains("test-classes"))
                    .orElse(false);
            if (test && type.isAssignableTo(MediaSourceContract.class)) {
                proven.add(room(type));
            } else if (!test && !type.isInterface() && type.isAssignableTo(MediaSource.class)) {
                sources.add(room(type));
            }
        }
        proven.remove("photos");

        assertEquals(sources, proven);
    }

    private static String room(JavaClass type) {
        return type.getPackageName().split("[.]", 4)[2];
    }

    @Test
    void everyKindIsInThePageOnJson() throws IOException {
        String documented = Files.readAllLines(Path.of("docs/json.md")).stream()
                .filter(line -> line.startsWith("| `source` |"))
                .findAny()
                .orElseThrow();

        for (Kind kind : all()) {
            assertTrue(documented.contains("`" + PrintableText.hyphenated(kind) + "`"), kind.name());
        }
    }
}
