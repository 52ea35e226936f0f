package dev.shoebox.cli.option;

import dev.shoebox.backup.AssetSelection;
import dev.shoebox.backup.event.DateSource;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.photos.Kind;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.LibraryAsset;
import dev.shoebox.photos.LibraryAsset.Trait;
import dev.shoebox.photos.choice.AssetFilter;
import dev.shoebox.photos.choice.AssetFilter.Albums;
import dev.shoebox.photos.choice.AssetFilter.Sizes;
import dev.shoebox.photos.choice.AssetFilter.Span;
import dev.shoebox.photos.naming.AlbumPath;
import dev.shoebox.photos.source.Scope;
import dev.shoebox.run.LibraryUse;
import dev.shoebox.text.NearestWord;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which photos and videos are meant. The same in every command that has to do with those on a phone. */
public final class FilterOptions implements LibraryUse {
    /** What a person is to know where there is no library to ask. */
    private static final String ROUGH =
            "No Photos library can be asked here: times are told by what files say of themselves,"
                    + " screenshots and screen recordings by their names.";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--since",
            paramLabel = "WHEN",
            converter = TimeArgument.Converter.class,
            description = "Only what was taken then or later: a day (2024-05-01), a month, a year, a time"
                    + " (2024-05-01T18:30), or 30d for the last 30 days.")
    private Optional<TimeArgument> since = Optional.empty();

    @Option(
            names = "--until",
            paramLabel = "WHEN",
            converter = TimeArgument.Converter.class,
            description = "Only what was taken then or earlier; all of that day, month or year.")
    private Optional<TimeArgument> until = Optional.empty();

    @Option(
            names = "--dates",
            paramLabel = "WHOSE",
            converter = DatesConverter.class,
            description =
                    "Where the Photos library and the file disagree about when a photo was taken: photos (the default)"
                            + " for the date that you see in Photos, camera for the one that the camera wrote.")
    private DateSource dates = DateSource.PHOTOS;

    @Option(
            names = "--only",
            paramLabel = "KIND",
            split = ",",
            converter = KindConverter.class,
            description = "Only photos and videos of these kinds: photo, video, live, screenshot, screen-recording,"
                    + " burst, raw, edited. One may be of several: a Live Photo is live and photo.")
    private List<Kind> only = List.of();

    @Option(
            names = "--skip",
            paramLabel = "KIND",
            split = ",",
            converter = KindConverter.class,
            description = "No photos and videos of these kinds. Both choose whole photos with all their files:"
                    + " --only edited takes originals and edits of what was edited.")
    private List<Kind> skip = List.of();

    @Option(
            names = "--album",
            paramLabel = "NAME",
            description =
                    "Only what is in this album, or in a folder of albums of that name; with '!NAME', only what is"
                            + " not. May be given several times.")
    private List<String> albums = List.of();

    @Option(
            names = {"--favorites", "--favourites"},
            description = "Only favourites.")
    private boolean favourites;

    @Option(
            names = "--min-size",
            paramLabel = "SIZE",
            converter = SizeConverter.class,
            description = "Only what is at least this large, all files of a photo together: 500K, 10M, 1.5G.")
    private Optional<Long> minSize = Optional.empty();

    @Option(
            names = "--max-size",
            paramLabel = "SIZE",
            converter = SizeConverter.class,
            description = "Only what is at most this large, all files of a photo together.")
    private Optional<Long> maxSize = Optional.empty();

    @Option(names = "--exclude-hidden", description = "Leave out what is in the Hidden album.")
    private boolean excludeHidden;

    @Option(names = "--include-trashed", description = "Take what is in Recently Deleted, too.")
    private boolean includeTrashed;

    @Option(
            names = "--shared-albums",
            description = "Take the copies of photos in shared albums, too; they are smaller than the originals.")
    private boolean sharedAlbums;

    public DateSource dates() {
        return dates;
    }

    public AssetSelection.Dating dating(Instant now, ZoneId zone) {
        return new AssetSelection.Dating(zone, now, dates);
    }

    public Scope scope() {
        return new Scope(sharedAlbums, false);
    }

    /**
     * What the options say.
     *
     * @param zone where photos were taken of which no offset is known
     * @throws ParameterException if they contradict each other
     */
    public AssetFilter choice(Instant now, ZoneId zone) {
        var span = new Span(since.map(when -> when.begin(now)), until.map(when -> when.end(now)), zone);
        if (since.isPresent() && until.isPresent() && !since.get().isBefore(until.get(), now, zone)) {
            throw refused("--since is later than --until: no photo can be both.");
        }
        var sizes = new Sizes(minSize.orElse(0L), maxSize.orElse(Long.MAX_VALUE));
        if (sizes.least() > sizes.most()) {
            throw refused("--min-size is larger than --max-size: no photo can be both.");
        }
        for (Kind kind : only) {
            if (skip.contains(kind)) {
                throw refused("--only " + kind.word() + " and --skip " + kind.word() + " leave nothing: choose one.");
            }
        }
        Set<Trait> without = EnumSet.noneOf(Trait.class);
        if (!includeTrashed) {
            without.add(Trait.TRASHED);
        }
        if (excludeHidden) {
            without.add(Trait.HIDDEN);
        }
        List<String> in = albums.stream().filter(name -> !name.startsWith("!")).toList();
        List<String> out = albums.stream()
                .filter(name -> name.startsWith("!"))
                .map(name -> name.substring(1))
                .toList();
        return new AssetFilter(
                span, Set.copyOf(only), Set.copyOf(skip), new Albums(in, out), favourites, sizes, without);
    }

    /** What of these options only a Photos library can decide; empty if files tell enough. */
    public Optional<String> needsLibrary() {
        List<String> needing = new ArrayList<>();
        if (favourites) {
            needing.add("--favorites");
        }
        if (!albums.isEmpty()) {
            needing.add("--album");
        }
        if (excludeHidden) {
            needing.add("--exclude-hidden");
        }
        if (only.contains(Kind.BURST) || skip.contains(Kind.BURST)) {
            needing.add((only.contains(Kind.BURST) ? "--only" : "--skip") + " burst");
        }
        return needing.isEmpty() ? Optional.empty() : Optional.of(String.join(" and ", needing));
    }

    @Override
    public boolean isNeeded() {
        return needsLibrary().isPresent();
    }

    @Override
    public Optional<String> remarkWithout() {
        return since.isPresent() || until.isPresent() || !only.isEmpty() || !skip.isEmpty()
                ? Optional.of(ROUGH)
                : Optional.empty();
    }

    /**
     * Refuses what cannot be decided, and albums that do not exist.
     *
     * @throws ParameterException with one line that says what to do
     */
    @Override
    public void check(Optional<Library> library) {
        if (library.isEmpty()) {
            needsLibrary().ifPresent(options -> {
                throw refused(
                        options + " needs the Photos library of an iPhone, and there is none here that can be read."
                                + " Leave it out, or see 'shoebox doctor' and the line above.");
            });
            return;
        }
        if (albums.isEmpty()) {
            return;
        }
        Set<AlbumPath> there = new TreeSet<>();
        for (LibraryAsset asset : library.get().assets()) {
            there.addAll(asset.albums());
        }
        List<String> shown = there.stream().map(AlbumPath::shown).toList();
        for (String name : albums) {
            String album = name.startsWith("!") ? name.substring(1) : name;
            if (there.stream().noneMatch(path -> path.isNamed(album))) {
                throw refused("There is no album '" + album + "' with photos in it on this iPhone."
                        + NearestWord.of(album, shown)
                                .map(close -> " Did you mean '" + close + "'?")
                                .orElse(there.isEmpty() ? " It has none at all." : ""));
            }
        }
    }

    private ParameterException refused(String why) {
        return new ParameterException(command.commandLine(), why);
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

    private static final class SizeConverter implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            return TextFormat.byteCount(text.replaceFirst("(?i)B$", ""))
                    .orElseThrow(() -> new TypeConversionException(
                            "'" + text + "' is no size; write it as 500K, 10M, 1.5G or a number of bytes"));
        }
    }

    private static final class DatesConverter implements ITypeConverter<DateSource> {
        @Override
        public DateSource convert(String text) {
            return ContentOptions.constant(text, List.of(DateSource.values()));
        }
    }
}
