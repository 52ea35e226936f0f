package dev.shoebox.cli;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a summary calls safe is compared with the content of the disk, whatever happened to a file before. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "permissions as on Unix")
class SummaryClaimsTest {
    private static final Pattern SAFE =
            Pattern.compile("(?:(\\d+) of )?(\\d+) photos? (?:and|or) videos? (?:is|are) safe");

    @TempDir
    private Path home;

    private Shell shell;
    private Path card;
    private Path backup;

    /** What happens to a stored photo, or to the original on the source. */
    private enum State {
        UNTOUCHED,
        OTHER_BYTES,
        SHORTER,
        EMPTIED,
        MISSING,
        A_FOLDER,
        A_LINK,
        UNLISTED,
        EMPTY_ON_SOURCE,
        CUT_ON_SOURCE,
        GONE_FROM_SOURCE,
        A_FOLDER_ON_SOURCE,
        A_LINK_TO_NOTHING_ON_SOURCE
    }

    @BeforeEach
    void open() {
        shell = new Shell(home);
        backup = home.resolve("backup");
        card = home.resolve("card");
    }

    private static String name(State state) {
        return "IMG_00" + (10 + List.of(State.values()).indexOf(state)) + ".JPG";
    }

    private Path stored(State state) {
        return backup.resolve("2024/05").resolve(name(state));
    }

    private void photo(State state) throws IOException {
        write(state, Pictures.jpeg(name(state)));
    }

    private void write(State state, byte[] bytes) throws IOException {
        Path file = Files.createDirectories(card).resolve(name(state));
        Files.write(file, bytes);
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2024-05-01T10:00:00Z")));
    }

    private void happen(State state) throws IOException {
        Path there = stored(state);
        Path here = card.resolve(name(state));
        switch (state) {
            case UNTOUCHED -> {}
            case OTHER_BYTES -> {
                byte[] bytes = Files.readAllBytes(there);
                bytes[bytes.length / 2] ^= 1;
                Files.write(there, bytes);
            }
            case SHORTER -> Files.write(there, Arrays.copyOf(Files.readAllBytes(there), 20));
            case EMPTIED -> Files.write(there, new byte[0]);
            case MISSING -> Files.delete(there);
            case A_FOLDER -> {
                Files.delete(there);
                Files.createDirectory(there);
            }
            case A_LINK -> {
                Path elsewhere = home.resolve("elsewhere.JPG");
                Files.move(there, elsewhere);
                Files.createSymbolicLink(there, elsewhere);
            }
            case UNLISTED -> {
                Path sums = backup.resolve("SHA256SUMS");
                Files.write(
                        sums,
                        Files.readAllLines(sums).stream()
                                .filter(line -> !line.endsWith(name(state)))
                                .toList());
            }
            case EMPTY_ON_SOURCE -> write(state, new byte[0]);
            case CUT_ON_SOURCE -> write(state, Arrays.copyOf(Files.readAllBytes(here), 40));
            case GONE_FROM_SOURCE -> Files.delete(here);
            case A_FOLDER_ON_SOURCE -> {
                Files.delete(here);
                Files.createDirectory(here);
            }
            case A_LINK_TO_NOTHING_ON_SOURCE -> {
                Files.delete(here);
                Files.createSymbolicLink(here, home.resolve("nothing"));
            }
            default -> throw new AssertionError(state);
        }
    }

    /**
     * The photos of the source whose exact bytes are in the backup, in a file of their own, and form a complete photo.
     */
    private Set<Object> truth() throws IOException {
        Set<String> contents = new HashSet<>();
        try (Stream<Path> all = Files.walk(backup.resolve("2024"))) {
            for (Path file : all.toList()) {
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    contents.add(Arrays.toString(Files.readAllBytes(file)));
                }
            }
        }
        Set<Object> safe = new TreeSet<>();
        try (Stream<Path> all = Files.list(card)) {
            for (Path file : all.toList()) {
                String name = file.getFileName().toString();
                if (Files.isRegularFile(file)
                        && Arrays.equals(Files.readAllBytes(file), Pictures.jpeg(name))
                        && contents.contains(Arrays.toString(Files.readAllBytes(file)))) {
                    safe.add(name);
                }
            }
        }
        return safe;
    }

    private Set<Object> paths(List<Map<String, Object>> events) {
        return events.stream().map(event -> event.get("path")).collect(Collectors.toCollection(TreeSet::new));
    }

    /** @param all whether everything that is safe must be called safe, and not only nothing else */
    private void compare(String when, boolean all) throws IOException {
        Set<Object> truth = truth();
        assertEquals(0, shell.shoebox("safe-to-remove", "--json", "--from", card, backup), shell::err);
        assertAmong(truth, paths(shell.events("safe")), when + ": safe-to-remove", all);
        assertEquals(0, shell.shoebox("coverage", "--json", "--from", card, backup), shell::err);
        assertAmong(
                truth,
                paths(shell.events("asset").stream()
                        .filter(event -> Boolean.TRUE.equals(event.get("backedUp")))
                        .toList()),
                when + ": coverage",
                all);
    }

    private static void assertAmong(Set<Object> truth, Set<Object> said, String what, boolean all) {
        Set<Object> untrue = new TreeSet<>(said);
        untrue.removeAll(truth);
        assertEquals(Set.of(), untrue, what + " calls safe what is not");
        if (all) {
            assertEquals(truth, said, what);
        }
    }

    private void backUp(String when) throws IOException {
        int code = shell.shoebox("backup", "--json", "--from", card, backup);
        assertTrue(code == 0 || code == 3, when + code + shell.err());
        Set<Object> truth = truth();
        Matcher safe = SAFE.matcher(shell.err());
        if (safe.find()) {
            int said = Integer.parseInt(safe.group(1) == null ? safe.group(2) : safe.group(1));
            assertEquals(truth.size(), said, when + ": " + shell.err() + truth);
        }
        Map<String, Object> summary = shell.events("summary").get(0);
        int held = (int) summary.get("copied")
                + (int) summary.get("duplicates")
                + (int) summary.get("alreadyBackedUp")
                - (int) summary.get("implausible");
        int damaged = (int) summary.get("damaged");
        if (damaged > 0) {
            assertFalse(SAFE.matcher(shell.err()).find(), "nothing is called safe beside damage: " + shell.err());
            assertTrue(held - damaged <= truth.size(), when + ": " + summary + truth);
        } else {
            assertEquals(truth.size(), held, when + ": " + summary + truth);
            boolean isAllWell = (int) summary.get("implausible") == 0 && (int) summary.get("failed") == 0;
            assertEquals(code == 0, isAllWell, when + ": " + summary);
        }
    }

    private void happenAll(Set<State> states) throws IOException {
        for (State state : State.values()) {
            photo(state);
        }
        assertEquals(0, shell.shoebox("backup", "--from", card, backup), shell::err);
        assertEquals(0, shell.shoebox("verify", backup), shell::err);
        compare("before", true);
        for (State state : states) {
            happen(state);
        }
        // Only reading detects changed bytes at an unchanged size.
        if (!states.contains(State.OTHER_BYTES)) {
            compare("without looking", false);
            assertEquals(0, shell.shoebox("status", "--json", backup), shell::err);
        }
        shell.shoebox("verify", backup);
        compare("verified", false);
        backUp("the next run");
        backUp("the run after it");
        shell.shoebox("repair", backup);
        backUp("after a repair");
        shell.shoebox("verify", backup);
        compare("in the end", true);
        assertEquals(0, shell.shoebox("status", "--json", backup), shell::err);
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void nothingIsCalledSafeThatIsNot(State state) throws IOException {
        happenAll(Set.of(state));
    }

    @Test
    void norIsAnythingIfEverythingHappensAtOnce() throws IOException {
        happenAll(Set.of(State.values()));
    }
}
