package dev.shoebox.cli.option;

import dev.shoebox.photos.Kind;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.LibraryAsset.Trait;
import dev.shoebox.photos.choice.AssetFilter;
import dev.shoebox.photos.choice.AssetFilter.Bound;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static dev.shoebox.photos.LibraryAssets.photo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class FilterOptionsTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    @Command(name = "test")
    private static final class Asking {
        @Mixin
        private FilterOptions choosing;
    }

    private static FilterOptions parse(String... words) {
        Asking asking = new Asking();
        new CommandLine(asking).parseArgs(words);
        return asking.choosing;
    }

    private static AssetFilter choice(String... words) {
        return parse(words).choice(NOW, ZoneOffset.UTC);
    }

    private static String refusal(String... words) {
        return assertThrows(ParameterException.class, () -> choice(words)).getMessage();
    }

    private static String refusal(Library library, String... words) {
        return assertThrows(ParameterException.class, () -> parse(words).check(library))
                .getMessage();
    }

    @Test
    void withoutAnOptionEverythingIsChosen() {
        assertEquals(AssetFilter.EVERYTHING, choice());
    }

    @ParameterizedTest
    @CsvSource({
        "2024, 2024-01-01T00:00, 2025-01-01T00:00",
        "2024-02, 2024-02-01T00:00, 2024-03-01T00:00",
        "2024-02-29, 2024-02-29T00:00, 2024-03-01T00:00",
        "2024-02-29T10:00, 2024-02-29T10:00, 2024-02-29T10:00:00.000000001",
    })
    void aDateStandsForAllOfIt(String text, LocalDateTime since, LocalDateTime before) {
        AssetFilter choice = choice("--since", text, "--until", text);
        assertEquals(Optional.of(Bound.of(since)), choice.taken().since());
        assertEquals(Optional.of(Bound.of(before)), choice.taken().before());
    }

    @Test
    void timesAgoAndTimesWithAnOffsetAreInstants() {
        assertEquals(
                Optional.of(Bound.of(Instant.parse("2026-10-21T12:00:00Z"))),
                choice("--since", "30d").taken().since());
        assertEquals(
                Optional.of(Bound.of(Instant.parse("2024-02-29T08:00:00Z"))),
                choice("--since", "2024-02-29T10:00+02:00").taken().since());
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2024-13", "2024-02-30", "30x", "", "1.5.2024"})
    void invalidTimesAreRefused(String text) {
        assertTrue(refusal("--since", text).contains("use 2024-05-01"));
    }

    @Test
    void kindsAreGivenInAList() {
        AssetFilter choice = choice("--only", "video,live", "--skip", "screen-recording");
        assertEquals(Set.of(Kind.VIDEO, Kind.LIVE), choice.only());
        assertEquals(Set.of(Kind.SCREEN_RECORDING), choice.skip());
        assertTrue(refusal("--only", "movie")
                .contains("not one of photo, video, live, screenshot, screen-recording, burst, raw, edited"));
    }

    @Test
    void contradictionsAreRefused() {
        assertTrue(refusal("--since", "2025", "--until", "2024").contains("later"));
        assertTrue(refusal("--min-size", "2M", "--max-size", "1M").contains("larger"));
        assertTrue(refusal("--only", "live", "--skip", "live").contains("exclude each other"));
    }

    @Test
    void hiddenAndTrashedHaveRulesOfTheirOwn() {
        assertEquals(
                Set.of(Trait.TRASHED, Trait.HIDDEN), choice("--exclude-hidden").without());
        assertEquals(Set.of(), choice("--include-trashed").without());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--favorites", "--album=Oslo", "--exclude-hidden", "--only=burst", "--skip=burst"})
    void optionsThatNeedALibraryAreRefusedWithoutOne(String option) {
        String message = refusal(Library.NONE, option);
        assertTrue(message.contains(option.replace('=', ' ').replace(" Oslo", "")), message);
        assertTrue(message.contains("needs the Photos library"), message);
    }

    @Test
    void anUnknownAlbumGetsASuggestion() {
        Library library = new Library(
                List.of(photo("DCIM/a.JPG").in("Travel/Oslo", "Family").build()));
        parse("--album", "oslo", "--album", "!Family").check(library);
        assertTrue(refusal(library, "--album", "Olso").endsWith("Did you mean 'Travel/Oslo'?"));
        assertTrue(refusal(library, "--album", "!Famly").endsWith("Did you mean 'Family'?"));
        assertTrue(refusal(library, "--album", "Something else").endsWith("on this iPhone."));
    }
}
