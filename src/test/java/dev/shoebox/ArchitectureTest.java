package dev.shoebox;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessField;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethod;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** The walls of the house, as docs/architecture.md draws them. */
class ArchitectureTest {
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(location -> !location.contains("test-classes"))
            .importPackages("dev.shoebox");

    /** Which rooms a room may look into. */
    private static final Map<String, Set<String>> DOORS = Map.ofEntries(
            Map.entry("text", Set.of()),
            Map.entry("system", Set.of()),
            Map.entry("plist", Set.of()),
            Map.entry("photos", Set.of()),
            Map.entry("json", Set.of()),
            Map.entry("device", Set.of("system", "photos", "plist")),
            Map.entry("folder", Set.of("system", "photos")),
            Map.entry("export", Set.of("json", "photos")),
            Map.entry("destination", Set.of("system", "json", "photos", "text")),
            Map.entry("library", Set.of("system", "photos", "plist", "text")),
            Map.entry("coverage", Set.of("library", "photos", "text")),
            Map.entry("backup", Set.of("coverage", "destination", "json", "photos", "text")),
            Map.entry("simulator", Set.of()),
            Map.entry("config", Set.of("system", "text")),
            Map.entry("history", Set.of("json", "photos", "text")),
            Map.entry("watch", Set.of("device")),
            Map.entry("schedule", Set.of("system")),
            Map.entry("web", Set.of("json")),
            Map.entry(
                    "cli",
                    Set.of(
                            "backup",
                            "config",
                            "coverage",
                            "destination",
                            "device",
                            "export",
                            "folder",
                            "history",
                            "json",
                            "library",
                            "photos",
                            "schedule",
                            "simulator",
                            "system",
                            "text",
                            "watch",
                            "web")));

    /** The packages of a room that has several, and which others of that room each may use. */
    private static final Map<String, Set<String>> INSIDE = Map.of(
            "device", Set.of("device.usbmux"),
            "device.usbmux", Set.of(),
            "photos", Set.of("photos.fingerprint"),
            "photos.fingerprint", Set.of(),
            "photos.metadata", Set.of("photos"),
            "web.server", Set.of());

    /** Which rooms may know a library. */
    private static final Map<String, Set<String>> LIBRARIES = Map.ofEntries(
            Map.entry("com.sun.jna..", Set.of("device", "system")),
            Map.entry("org.apache.commons.compress..", Set.of("folder")),
            Map.entry("org.sqlite..", Set.of("destination", "library", "simulator")),
            Map.entry("java.sql..", Set.of("destination", "library", "simulator")),
            Map.entry("com.dd.plist..", Set.of("plist", "simulator")),
            Map.entry("com.drew..", Set.of("photos.metadata")),
            Map.entry("org.tomlj..", Set.of("config")),
            Map.entry("picocli..", Set.of("cli")),
            Map.entry("org.jline..", Set.of("cli")),
            Map.entry("com.fasterxml..", Set.of("json")));

    @Test
    void roomsUseOnlyTheDoorsDrawn() {
        DOORS.forEach((room, doors) -> {
            String[] closed = DOORS.keySet().stream()
                    .filter(other -> !other.equals(room) && !doors.contains(other))
                    .map(other -> "dev.shoebox." + other + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that(resideInAPackage("dev.shoebox." + room + ".."))
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(closed))
                    .allowEmptyShould(true)
                    .check(HOUSE);
        });
    }

    @Test
    void packagesInsideARoomUseOnlyTheDoorsDrawn() {
        INSIDE.forEach((inner, doors) -> {
            String room = inner.split("[.]", 2)[0];
            String[] closed = INSIDE.keySet().stream()
                    .filter(other -> other.equals(room) || other.startsWith(room + "."))
                    .filter(other -> !other.equals(inner) && !doors.contains(other))
                    .map(other -> "dev.shoebox." + other)
                    .toArray(String[]::new);
            noClasses()
                    .that(resideInAPackage("dev.shoebox." + inner))
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(closed))
                    .allowEmptyShould(true)
                    .check(HOUSE);
        });
    }

    @Test
    void everyClassLivesInARoomThatIsDrawn() {
        String[] rooms = Stream.concat(DOORS.keySet().stream(), INSIDE.keySet().stream())
                .map(room -> "dev.shoebox." + room)
                .toArray(String[]::new);
        classes().should().resideInAnyPackage(rooms).check(HOUSE);
    }

    @Test
    void aLibraryHasOneHome() {
        LIBRARIES.forEach((library, homes) -> noClasses()
                .that()
                .resideOutsideOfPackages(
                        homes.stream().map(room -> "dev.shoebox." + room + "..").toArray(String[]::new))
                .should()
                .dependOnClassesThat(resideInAPackage(library))
                .check(HOUSE));
    }

    @Test
    void roomsFormNoCircle() {
        slices().matching("dev.shoebox.(**)").should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void nobodyReadsTheWallClockBehindItsBack() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.shoebox.cli..", "dev.shoebox.simulator..")
                .should(callMethod(Instant.class, "now")
                        .or(callMethod(LocalDate.class, "now"))
                        .or(callMethod(LocalDateTime.class, "now"))
                        .or(callMethod(System.class, "currentTimeMillis")))
                .check(HOUSE);
    }

    @Test
    void onlyTheCommandLinePrints() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.shoebox.cli..")
                .should(accessField(System.class, "out").or(accessField(System.class, "err")))
                .check(HOUSE);
    }

    @Test
    void nothingCanReplaceAFile() {
        noClasses()
                .should(accessField(StandardCopyOption.class, "ATOMIC_MOVE")
                        .or(accessField(StandardCopyOption.class, "REPLACE_EXISTING")))
                .check(HOUSE);
    }

    @Test
    void namesSayWhatAThingIs() {
        noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|Common)")
                .orShould()
                .resideInAnyPackage("..util..", "..common..", "..helper..", "..manager..", "..impl..")
                .check(HOUSE);
    }
}
