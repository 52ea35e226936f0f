package dev.shoebox.cli.option;

import dev.shoebox.backup.AssetSelection;
import dev.shoebox.backup.event.DateSource;
import dev.shoebox.cli.choice.Constants;
import dev.shoebox.cli.choice.SelectionOptions;
import dev.shoebox.photos.Kind;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.LibraryAsset;
import dev.shoebox.photos.LibraryAsset.Trait;
import dev.shoebox.photos.choice.AssetFilter;
import dev.shoebox.photos.naming.AlbumPath;
import dev.shoebox.photos.source.Scope;
import dev.shoebox.run.LibraryUse;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Options that choose photos and videos on a phone. */
public final class FilterOptions implements LibraryUse {
    /** What to know if there is no library. */
    private static final String ROUGH =
            "No Photos library is available: times come from the files' metadata; screenshots and screen "
                    + "recordings are recognised by their names.";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Mixin
    private SelectionOptions selection;

    @Option(
            names = "--dates",
            paramLabel = "WHOSE",
            converter = DatesConverter.class,
            description =
                    "Which date counts if the Photos library and the file disagree: photos (the default), the date"
                            + " that Photos shows; or camera, the date that the camera wrote.")
    private DateSource dates = DateSource.PHOTOS;

    @Option(
            names = {"--favorites", "--favourites"},
            description = "Only favourites.")
    private boolean favourites;

    @Option(names = "--exclude-hidden", description = "Exclude the Hidden album.")
    private boolean excludeHidden;

    @Option(names = "--include-trashed", description = "Include photos in Recently Deleted.")
    private boolean includeTrashed;

    @Option(
            names = "--shared-albums",
            description = "Include the copies in shared albums; they are smaller than the originals.")
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
     * Returns the filter.
     *
     * @param zone the time zone of photos without a known offset
     * @throws ParameterException if the options contradict each other
     */
    public AssetFilter choice(Instant now, ZoneId zone) {
        Set<Trait> without = EnumSet.noneOf(Trait.class);
        if (!includeTrashed) {
            without.add(Trait.TRASHED);
        }
        if (excludeHidden) {
            without.add(Trait.HIDDEN);
        }
        return selection.choice(now, zone, favourites, without, this::refused);
    }

    /** Returns an option that only a Photos library can decide; empty if the files are enough. */
    public Optional<String> needsLibrary() {
        List<String> needing = new ArrayList<>();
        if (favourites) {
            needing.add("--favorites");
        }
        if (!selection.albums().isEmpty()) {
            needing.add("--album");
        }
        if (excludeHidden) {
            needing.add("--exclude-hidden");
        }
        selection.naming(Kind.BURST).ifPresent(needing::add);
        return needing.isEmpty() ? Optional.empty() : Optional.of(String.join(" and ", needing));
    }

    @Override
    public boolean isNeeded() {
        return needsLibrary().isPresent();
    }

    @Override
    public Optional<String> remarkWithout() {
        return selection.asksForTimesOrKinds() ? Optional.of(ROUGH) : Optional.empty();
    }

    /**
     * Refuses what cannot be decided, and albums that do not exist.
     *
     * @throws ParameterException with one line that says what to do
     */
    @Override
    public void check(Library library) {
        if (!library.isThere()) {
            needsLibrary().ifPresent(options -> {
                throw refused(options + " needs the Photos library of an iPhone, and none can be read here. Omit "
                        + "the option, or see 'shoebox doctor' and the line above.");
            });
            return;
        }
        if (selection.albums().isEmpty()) {
            return;
        }
        Set<AlbumPath> there = new TreeSet<>();
        for (LibraryAsset asset : library.assets()) {
            there.addAll(asset.albums());
        }
        selection.requireAlbums(there, "on this iPhone", this::refused);
    }

    private ParameterException refused(String why) {
        return new ParameterException(command.commandLine(), why);
    }

    private static final class DatesConverter implements ITypeConverter<DateSource> {
        @Override
        public DateSource convert(String text) {
            return Constants.named(text, List.of(DateSource.values()));
        }
    }
}
