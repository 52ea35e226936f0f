package dev.shoebox.cli.choice;

import dev.shoebox.photos.Kind;
import dev.shoebox.photos.LibraryAsset.Trait;
import dev.shoebox.photos.choice.AssetFilter;
import dev.shoebox.photos.choice.AssetFilter.Albums;
import dev.shoebox.photos.choice.AssetFilter.Sizes;
import dev.shoebox.photos.choice.AssetFilter.Span;
import dev.shoebox.photos.naming.AlbumPath;
import dev.shoebox.text.NearestWord;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Options that choose photos and videos, by properties known both on a phone and in a backup. */
public final class SelectionOptions {
    @Option(
            names = "--since",
            paramLabel = "WHEN",
            converter = TimeArgument.Converter.class,
            description = "Only photos taken at this time or later: a day (2024-05-01), a month, a year, a time"
                    + " (2024-05-01T18:30), or 30d for the last 30 days.")
    private TimeArgument since;

    @Option(
            names = "--until",
            paramLabel = "WHEN",
            converter = TimeArgument.Converter.class,
            description = "Only photos taken at this time or earlier; a day, month or year is included as a whole.")
    private TimeArgument until;

    @Option(
            names = "--only",
            paramLabel = "KIND",
            split = ",",
            converter = KindConverter.class,
            description = "Only photos and videos of these kinds: photo, video, live, screenshot, screen-recording,"
                    + " burst, raw, edited. A photo can be of several kinds: a Live Photo is live and photo.")
    private List<Kind> only = List.of();

    @Option(
            names = "--skip",
            paramLabel = "KIND",
            split = ",",
            converter = KindConverter.class,
            description = "Skip photos and videos of these kinds. --only and --skip select photos with all their"
                    + " files: --only edited takes edits and their originals.")
    private List<Kind> skip = List.of();

    @Option(
            names = "--album",
            paramLabel = "NAME",
            description = "Only photos in this album or folder of albums; '!NAME' excludes it. May be repeated.")
    private List<String> albums = List.of();

    @Option(
            names = "--min-size",
            paramLabel = "SIZE",
            converter = SizeConverter.class,
            description = "Only photos of at least this size, all files of a photo together: 500K, 10M, 1.5G.")
    private Long minSize;

    @Option(
            names = "--max-size",
            paramLabel = "SIZE",
            converter = SizeConverter.class,
            description = "Only photos of at most this size, all files of a photo together.")
    private Long maxSize;

    /**
     * Returns the filter.
     *
     * @param zone the time zone of photos without a known offset
     * @param favourites whether to choose favourites only
     * @param without as in {@link AssetFilter}
     * @param refused creates the exception from a line that says what to do
     * @throws ParameterException if the options contradict each other
     */
    public AssetFilter choice(
            Instant now,
            ZoneId zone,
            boolean favourites,
            Set<Trait> without,
            Function<String, ParameterException> refused) {
        var span = new Span(
                Optional.ofNullable(since).map(when -> when.begin(now)),
                Optional.ofNullable(until).map(when -> when.end(now)),
                zone);
        if (since != null && until != null && !since.isBefore(until, now, zone)) {
            throw refused.apply("--since is later than --until: no photo can be both.");
        }
        var sizes =
                new Sizes(Objects.requireNonNullElse(minSize, 0L), Objects.requireNonNullElse(maxSize, Long.MAX_VALUE));
        if (sizes.least() > sizes.most()) {
            throw refused.apply("--min-size is larger than --max-size: no photo can be both.");
        }
        for (Kind kind : only) {
            if (skip.contains(kind)) {
                throw refused.apply(
                        "--only " + kind.word() + " and --skip " + kind.word() + " exclude each other: choose one.");
            }
        }
        List<String> in = albums.stream().filter(name -> !name.startsWith("!")).toList();
        List<String> out = albums.stream()
                .filter(name -> name.startsWith("!"))
                .map(name -> name.substring(1))
                .toList();
        return new AssetFilter(
                span, Set.copyOf(only), Set.copyOf(skip), new Albums(in, out), favourites, sizes, without);
    }

    /** Returns names of albums, each with a leading exclamation mark if it is excluded. */
    public List<String> albums() {
        return albums;
    }

    /** Returns whether the choice depends on times or kinds. */
    public boolean asksForTimesOrKinds() {
        return since != null || until != null || !only.isEmpty() || !skip.isEmpty();
    }

    /** Returns whether any option is given. */
    public boolean isGiven() {
        return asksForTimesOrKinds() || !albums.isEmpty() || minSize != null || maxSize != null;
    }

    /** Returns how a kind was requested, as typed; empty if it was not. */
    public Optional<String> naming(Kind kind) {
        return only.contains(kind)
                ? Optional.of("--only " + kind.word())
                : skip.contains(kind) ? Optional.of("--skip " + kind.word()) : Optional.empty();
    }

    /**
     * Refuses albums that do not exist.
     *
     * @param where the place that lacks them, for the message
     * @throws ParameterException with one line that says what to do
     */
    public void requireAlbums(Set<AlbumPath> there, String where, Function<String, ParameterException> refused) {
        List<String> shown = there.stream().map(AlbumPath::shown).sorted().toList();
        for (String name : albums) {
            String album = name.startsWith("!") ? name.substring(1) : name;
            if (there.stream().noneMatch(path -> path.isNamed(album))) {
                throw refused.apply("No album '" + album + "' with photos was found " + where + "."
                        + NearestWord.of(album, shown)
                                .map(close -> " Did you mean '" + close + "'?")
                                .orElse(there.isEmpty() ? " It has no albums." : ""));
            }
        }
    }

    private static final class KindConverter implements ITypeConverter<Kind> {
        @Override
        public Kind convert(String text) {
            String word = text.strip();
            return Arrays.stream(Kind.values())
                    .filter(kind -> kind.word().equals(word))
                    .findAny()
                    .orElseThrow(() -> new TypeConversionException("'" + word + "' is not one of "
                            + Arrays.stream(Kind.values()).map(Kind::word).collect(Collectors.joining(", "))));
        }
    }
}
