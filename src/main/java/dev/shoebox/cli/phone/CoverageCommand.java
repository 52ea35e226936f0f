package dev.shoebox.cli.phone;

import dev.shoebox.backup.AssetSelection;
import dev.shoebox.cli.option.DestinationOption;
import dev.shoebox.cli.option.FilterOptions;
import dev.shoebox.cli.option.SourceOptions;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.JsonEvent;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.coverage.AssetCoverage;
import dev.shoebox.coverage.BackedUpFiles;
import dev.shoebox.coverage.Coverage;
import dev.shoebox.coverage.CoverageClass;
import dev.shoebox.coverage.SameBytes;
import dev.shoebox.coverage.icloud.Diagnosis;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.DestinationFolder;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.history.RunEnding;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.choice.AssetFilter;
import dev.shoebox.photos.choice.AssetFilter.Verdict;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.Scope;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.photos.source.Unreadable;
import dev.shoebox.run.CloudAnswer;
import dev.shoebox.run.PhoneLibrary;
import dev.shoebox.system.AppDirectories;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** {@code shoebox coverage [DEST]}. */
@Command(
        name = "coverage",
        header = "Show which photos exist only on the iPhone, which are in iCloud, and which are backed up.",
        description = {
            "",
            "Reads the iPhone's own Photos library; a file found on the iPhone counts even if the"
                    + " library disagrees. Copies and changes nothing.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  shoebox coverage",
            "  shoebox coverage ~/Pictures/iPhone             also what is backed up there",
            "  shoebox coverage --list only-on-phone          their names",
            "  shoebox coverage --json                        every photo, for other programs"
        })
public final class CoverageCommand implements Callable<Integer> {
    @Mixin
    private SourceOptions from;

    @Mixin
    private DestinationOption destination;

    @Mixin
    private FilterOptions choosing;

    @Option(
            names = "--list",
            paramLabel = "CLASS",
            converter = WhereaboutsConverter.class,
            description = "Name the photos of one class: only-on-phone, waiting-for-icloud, part-missing, unknown,"
                    + " only-in-icloud or in-icloud-and-on-phone.")
    private CoverageClass listed;

    @Mixin
    private final Console console;

    private final AppDirectories places;
    private final InstantSource clock;

    public CoverageCommand(Console console, AppDirectories places, InstantSource clock) {
        this.console = console;
        this.places = places;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        Optional<Path> root = destination.pathIfThere();
        if (root.isPresent()) {
            // Checked before waiting for the phone: a wrong folder should not cost two minutes.
            DestinationFolder.requireSuitable(root.get(), OpenMode.REQUIRE_EXISTING);
        }
        ZoneId zone = ZoneId.systemDefault();
        AssetFilter choice = choosing.choice(clock.instant(), zone);
        Scope scope = choosing.scope();
        try (MediaSource source = from.open(console, scope)) {
            Listing listing = scope.of(source.list());
            source.remarks().forEach(console.tellingEvents()::warn);
            CoverageBasis known = ofPhone(source, listing);
            var selection = new AssetSelection(choice, source, known.library(), choosing.dating(clock.instant(), zone));
            Chosen covered = new Chosen(Coverage.of(listing, known.library()), selection);
            if (root.isPresent()) {
                known = compared(known, root.get(), source.id());
            }
            listing.unreadable().forEach(this::unreadable);
            RunEnding code = listing.unreadable().isEmpty() ? RunEnding.DONE : RunEnding.INCOMPLETE;
            var output = new CoverageOutput(console, source.id().name(), known, selection::taken);
            if (listed == null) {
                output.show(covered, covered.leftOut, code);
            } else {
                output.list(covered, listed, covered.leftOut, code);
            }
            return code.number();
        }
    }

    /** Reads what the phone itself knows. */
    private CoverageBasis ofPhone(MediaSource source, Listing listing) throws IOException {
        Library read = new PhoneLibrary(places, console.tellingEvents()).read(source, listing);
        Optional<Diagnosis> icloud = CloudAnswer.of(source, read, places.cache(), clock.instant());
        // What the phone records outranks what its library implies.
        Library library = icloud.flatMap(Diagnosis::on).map(read::withICloud).orElse(read);
        choosing.check(library);
        if (!library.isThere()) {
            choosing.remarkWithout().ifPresent(console::say);
        }
        return new CoverageBasis(library, Optional.empty(), Optional.empty(), icloud);
    }

    /** Adds what a backup has. */
    private static CoverageBasis compared(CoverageBasis known, Path root, SourceId source) throws IOException {
        Library library = known.library();
        try (Destination opened = Destination.view(root, OpenMode.REQUIRE_EXISTING)) {
            BackedUpFiles holdings = BackedUpFiles.of(opened, source);
            Optional<SameBytes> same =
                    library.isThere() ? Optional.of(SameBytes.of(library, holdings, opened, source)) : Optional.empty();
            return new CoverageBasis(library, Optional.of(holdings), same, known.icloud());
        }
    }

    /** The selected photos, judged lazily. */
    private static final class Chosen extends AbstractList<AssetCoverage> implements RandomAccess {
        private final List<AssetCoverage> all;
        private final int[] numbers;

        /** The number of deselected photos, by reason. */
        private final Map<Verdict, Long> leftOut = new EnumMap<>(Verdict.class);

        Chosen(List<AssetCoverage> all, AssetSelection selection) throws IOException {
            this.all = all;
            int[] chosen = new int[all.size()];
            int count = 0;
            for (int number = 0; number < all.size(); number++) {
                Verdict verdict = selection.judge(all.get(number));
                if (verdict == Verdict.CHOSEN) {
                    chosen[count++] = number;
                } else {
                    leftOut.merge(verdict, 1L, Long::sum);
                }
            }
            this.numbers = Arrays.copyOf(chosen, count);
        }

        @Override
        public int size() {
            return numbers.length;
        }

        @Override
        public AssetCoverage get(int index) {
            return all.get(numbers[index]);
        }
    }

    private void unreadable(Unreadable file) {
        console.warn(TextFormat.about(file.path(), file.message()));
        console.event(new JsonEvent("unreadable")
                .with("path", file.path())
                .with("reason", TextFormat.hyphenated(file.reason()))
                .with("message", file.message()));
    }

    private static final class WhereaboutsConverter implements ITypeConverter<CoverageClass> {
        @Override
        public CoverageClass convert(String text) {
            return Arrays.stream(CoverageClass.values())
                    .filter(each -> TextFormat.hyphenated(each).equals(text))
                    .findAny()
                    .orElseThrow(() -> new TypeConversionException("'" + text + "' is not one of "
                            + Arrays.stream(CoverageClass.values())
                                    .map(TextFormat::hyphenated)
                                    .collect(Collectors.joining(", "))));
        }
    }
}
