package dev.shoebox;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessField;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethod;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The arrows, rings and budgets of the packages, as docs/architecture.md draws them. */
class ArchitectureTest {
    private static final String ROOT = "dev.shoebox";

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(location -> !location.contains("test-classes"))
            .importPackages(ROOT);

    private static final int MOST_TYPES = 16;
    private static final int LONGEST_RING = 3;
    private static final int LONGEST_FILE = 400;
    private static final int MOST_COMPONENTS = 7;
    private static final Set<String> OPTIONALS =
            Set.of("java.util.Optional", "java.util.OptionalInt", "java.util.OptionalLong", "java.util.OptionalDouble");

    /** The rooms that may use a library. */
    private static final Map<String, Set<String>> LIBRARIES = Map.ofEntries(
            Map.entry("com.sun.jna..", Set.of("device", "system")),
            Map.entry("org.apache.commons.compress..", Set.of("archive", "folder")),
            Map.entry("org.sqlite..", Set.of("destination", "library", "simulator", "system.nativecode")),
            Map.entry("java.sql..", Set.of("destination", "library", "phonebackup", "simulator")),
            Map.entry("com.dd.plist..", Set.of("plist", "simulator")),
            Map.entry("com.drew..", Set.of("photos.metadata")),
            Map.entry("org.tomlj..", Set.of("config")),
            Map.entry("picocli..", Set.of("cli")),
            Map.entry("org.jline..", Set.of("cli")),
            Map.entry("com.fasterxml..", Set.of("json")));

    /** The other packages that each package uses, without the prefix {@code dev.shoebox.}. */
    private static Map<String, Set<String>> arrows(Function<String, String> part) {
        Map<String, Set<String>> arrows = new TreeMap<>();
        for (JavaClass type : HOUSE) {
            String from = part.apply(room(type));
            Set<String> to = arrows.computeIfAbsent(from, absent -> new TreeSet<>());
            type.getDirectDependenciesFromSelf().stream()
                    .map(Dependency::getTargetClass)
                    .filter(target -> target.getPackageName().startsWith(ROOT + "."))
                    .map(target -> part.apply(room(target)))
                    .filter(target -> !target.equals(from))
                    .forEach(to::add);
        }
        return arrows;
    }

    private static String room(JavaClass type) {
        return type.getPackageName().substring(ROOT.length() + 1);
    }

    private static String outer(String room) {
        return room.split("[.]", 2)[0];
    }

    /** The lines of a fenced block of docs/architecture.md. */
    private static Stream<String> block(String beginning) throws IOException {
        String page = Files.readString(Path.of("docs/architecture.md"));
        int start = page.indexOf(beginning) + beginning.length();
        assertTrue(start >= beginning.length(), beginning);
        return page.substring(start, page.indexOf("```", start)).lines().map(String::strip);
    }

    private static void requireSame(Map<String, Set<String>> page, Map<String, Set<String>> code) {
        Set<String> onlyOnPage = lines(page);
        onlyOnPage.removeAll(lines(code));
        Set<String> onlyInCode = lines(code);
        onlyInCode.removeAll(lines(page));
        assertEquals("page [], code []", "page " + onlyOnPage + ", code " + onlyInCode);
    }

    private static Set<String> lines(Map<String, Set<String>> arrows) {
        Set<String> lines = new TreeSet<>();
        arrows.forEach((from, to) -> {
            lines.add(from);
            to.forEach(target -> lines.add(from + " --> " + target));
        });
        return lines;
    }

    @Test
    void roomsUseEachOtherAsTheDiagramShows() throws IOException {
        Map<String, Set<String>> drawn = new TreeMap<>();
        block("```mermaid\nflowchart TD\n").forEach(line -> {
            String[] arrow = line.split(" --> ", 2);
            drawn.put(arrow[0], arrow.length == 1 ? Set.of() : new TreeSet<>(List.of(arrow[1].split(" & "))));
        });
        requireSame(drawn, arrows(ArchitectureTest::outer));
    }

    @Test
    void packagesInsideARoomUseEachOtherAsThePageShows() throws IOException {
        Map<String, Set<String>> listed = new TreeMap<>();
        block("```text\n").forEach(line -> {
            List<String> words = List.of(line.split(" +"));
            listed.put(words.get(0), new TreeSet<>(words.subList(1, words.size())));
        });
        Map<String, Set<String>> built = arrows(Function.identity());
        built.forEach((from, to) -> to.removeIf(target -> !outer(target).equals(outer(from))));
        built.keySet()
                .removeIf(room -> built.keySet().stream()
                                .filter(other -> outer(other).equals(outer(room)))
                                .count()
                        == 1);
        requireSame(listed, built);
    }

    /** Top-level types, by package. */
    private static Map<String, List<JavaClass>> types() {
        return HOUSE.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, TreeMap::new, Collectors.toList()));
    }

    @Test
    void noPackageIsLargerThanAPersonKeepsInMind() {
        Map<String, Integer> large = new TreeMap<>();
        types().forEach((name, types) -> {
            if (types.size() > MOST_TYPES) {
                large.put(name, types.size());
            }
        });
        assertEquals(Map.of(), large);
    }

    @Test
    void noRingHasMoreThanThreeTypes() {
        Map<JavaClass, Set<JavaClass>> reach = new HashMap<>();
        types().values().forEach(types -> types.forEach(type -> reach.put(type, reachable(type))));
        List<List<String>> rings = reach.keySet().stream()
                .map(type -> reach.get(type).stream()
                        .filter(other -> reach.get(other).contains(type))
                        .map(JavaClass::getName)
                        .sorted()
                        .toList())
                .filter(ring -> ring.size() > LONGEST_RING)
                .distinct()
                .toList();
        assertEquals(List.of(), rings);
    }

    /** The types of its own package that a type reaches; they include the type itself if it is in a ring. */
    private static Set<JavaClass> reachable(JavaClass type) {
        Set<JavaClass> reached = new HashSet<>();
        Deque<JavaClass> left = new ArrayDeque<>(used(type));
        while (!left.isEmpty()) {
            JavaClass next = left.pop();
            if (reached.add(next)) {
                left.addAll(used(next));
            }
        }
        return reached;
    }

    private static Set<JavaClass> used(JavaClass type) {
        return HOUSE.stream()
                .filter(part -> top(part).equals(type))
                .flatMap(part -> part.getDirectDependenciesFromSelf().stream())
                .map(dependency -> top(dependency.getTargetClass()))
                .filter(target -> target.getPackageName().equals(type.getPackageName()) && !target.equals(type))
                .collect(Collectors.toSet());
    }

    private static JavaClass top(JavaClass type) {
        JavaClass top = type.getBaseComponentType();
        while (top.getEnclosingClass().isPresent()) {
            top = top.getEnclosingClass().get();
        }
        return top;
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
    void onlyAnInjectedClockIsRead() {
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
    void namesDescribeTypes() {
        noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|Common)")
                .orShould()
                .resideInAnyPackage("..util..", "..common..", "..helper..", "..manager..", "..impl..")
                .check(HOUSE);
    }

    @Test
    void noFileIsLongerThanAPersonReads() throws IOException {
        Map<String, Integer> tooLong = new TreeMap<>();
        for (String root : List.of("src/main/java", "src/test/java")) {
            try (Stream<Path> files = Files.walk(Path.of(root))) {
                for (Path file :
                        files.filter(each -> each.toString().endsWith(".java")).toList()) {
                    String name = file.getFileName().toString().replace(".java", "");
                    int lines;
                    try (Stream<String> read = Files.lines(file)) {
                        lines = (int) read.count();
                    }
                    if (lines > LONGEST_FILE) {
                        tooLong.put(name, lines);
                    }
                }
            }
        }
        assertEquals(Map.of(), tooLong, "split it by what its parts hide");
    }

    @Test
    void aRecordHasAtMostSevenComponents() {
        Map<String, Integer> large = new TreeMap<>();
        HOUSE.stream().filter(JavaClass::isRecord).forEach(type -> {
            int parts = (int) components(type).count();
            if (parts > MOST_COMPONENTS) {
                large.put(name(type), parts);
            }
        });
        assertEquals(Map.of(), large);
    }

    @Test
    void noSimpleNameStandsForTwoTypes() {
        Map<String, List<String>> twice = HOUSE.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(
                        JavaClass::getSimpleName,
                        TreeMap::new,
                        Collectors.mapping(JavaClass::getPackageName, Collectors.toList())));
        twice.keySet().removeIf(name -> twice.get(name).size() == 1);
        assertEquals(Map.of(), twice);
    }

    /** A record component may be optional, because its accessor returns it. */
    @Test
    void optionalIsOnlyAReturnType() {
        Map<String, Integer> kept = new TreeMap<>();
        for (JavaClass type : HOUSE) {
            String room = outer(room(type));
            if (!type.isRecord()) {
                count(kept, room + " fields", type.getFields().stream().map(JavaField::getRawType));
                count(
                        kept,
                        room + " parameters",
                        type.getConstructors().stream().flatMap(ArchitectureTest::written));
            }
            count(kept, room + " parameters", type.getMethods().stream().flatMap(ArchitectureTest::written));
        }
        assertEquals(Map.of(), kept, "null inside, Optional only where a method returns");
    }

    @Test
    void noMethodHasTwoBooleanParameters() {
        Map<String, Integer> guesses = new TreeMap<>();
        for (JavaClass type : HOUSE) {
            Stream.concat(type.getMethods().stream(), type.isRecord() ? Stream.of() : type.getConstructors().stream())
                    .filter(unit -> written(unit)
                                    .filter(each -> each.isEquivalentTo(boolean.class))
                                    .count()
                            > 1)
                    .forEach(unit -> guesses.merge(outer(room(type)), 1, Integer::sum));
        }
        assertEquals(Map.of(), guesses);
    }

    private static String name(JavaClass type) {
        String name = type.getName();
        return name.substring(name.lastIndexOf('.') + 1).replace('$', '.');
    }

    private static Stream<JavaField> components(JavaClass type) {
        return type.getFields().stream().filter(field -> !field.getModifiers().contains(JavaModifier.STATIC));
    }

    /** The parameters in the source, without those that the compiler adds. */
    private static Stream<JavaClass> written(JavaCodeUnit unit) {
        boolean isMade = unit.getModifiers().contains(JavaModifier.SYNTHETIC)
                || unit.getName().startsWith("lambda$");
        return isMade ? Stream.of() : unit.getRawParameterTypes().stream();
    }

    private static void count(Map<String, Integer> counts, String what, Stream<JavaClass> types) {
        long optionals =
                types.filter(type -> OPTIONALS.contains(type.getName())).count();
        if (optionals > 0) {
            counts.merge(what, (int) optionals, Integer::sum);
        }
    }
}
