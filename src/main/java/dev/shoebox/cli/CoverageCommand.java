package dev.shoebox.cli;

import dev.shoebox.backup.Coverage;
import dev.shoebox.backup.Covered;
import dev.shoebox.backup.Holdings;
import dev.shoebox.backup.Selection;
import dev.shoebox.backup.Whereabouts;
import dev.shoebox.config.Places;
import dev.shoebox.coverage.Diagnosis;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.Opening;
import dev.shoebox.photos.Choice;
import dev.shoebox.photos.Choice.Verdict;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.Listing;
import dev.shoebox.photos.MediaSource;
import dev.shoebox.photos.Scope;
import dev.shoebox.photos.SourceId;
import dev.shoebox.photos.Unreadable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** {@code shoebox coverage [DEST]}. */
@Command(
        name = "coverage",
        header = "Show which photos exist only on the iPhone, which are in iCloud, and which are backed up.",
        description = {
            "",
            "Asks the iPhone's own Photos library, and believes a file that it sees more than what that says. Nothing is"
                    + " copied and nothing is changed.",
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
final class CoverageCommand implements Callable<Integer> {
    @Mixin
    private SourceOptions from;

    @Mixin
    private DestinationOption destination;

    @Mixin
    private ChoiceOptions choosing;

    @Option(
            names = "--list",
            paramLabel = "CLASS",
            converter = WhereaboutsConverter.class,
            description = "Name the photos of one class: only-on-phone, waiting-for-icloud, part-missing, unknown,"
                    + " only-in-icloud or in-icloud-and-on-phone.")
    private Optional<Whereabouts> listed = Optional.empty();

    @Mixin
    private final Console console;

    private final Places places;
    private final InstantSource clock;

    CoverageCommand(Console console, Places places, InstantSource clock) {
        this.console = console;
        this.places = places;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        Optional<Path> root = destination.pathIfNamed();
        if (root.isPresent()) {
            // Looked at before the phone is asked for: a wrong folder should not cost two minutes of waiting.
            Destination.requireSuitable(root.get(), Opening.REQUIRE_EXISTING);
        }
        ZoneId zone = ZoneId.systemDefault();
        Choice choice = choosing.choice(clock.instant(), zone);
        Scope scope = choosing.scope();
        try (MediaSource source = from.open(console, scope)) {
            Listing listing = scope.of(source.list());
            Optional<Library> read = new PhoneLibrary(places, console).read(source, listing);
            Optional<Diagnosis> icloud = CloudAnswer.of(source, read, places.cache(), clock.instant());
            // The phone's own word outranks what its library seems to say.
            Optional<Library> library = read.map(known ->
                    icloud.flatMap(Diagnosis::on).map(known::withICloud).orElse(known));
            choosing.check(library);
            if (library.isEmpty() && choosing.isRoughWithoutLibrary()) {
                console.say(ChoiceOptions.ROUGH);
            }
            List<Covered> covered = new ArrayList<>();
            Map<Verdict, Long> leftOut = new EnumMap<>(Verdict.class);
            var selection = new Selection(choice, source, library, choosing.dating(clock.instant(), zone));
            for (Covered each : Coverage.of(listing, library)) {
                Verdict verdict = selection.judge(each);
                if (verdict == Verdict.CHOSEN) {
                    covered.add(each);
                } else {
                    leftOut.merge(verdict, 1L, Long::sum);
                }
            }
            Optional<Holdings> holdings = root.isPresent() ? holdings(root.get(), source.id()) : Optional.empty();
            listing.unreadable().forEach(this::unreadable);
            ExitCode code = listing.unreadable().isEmpty() ? ExitCode.DONE : ExitCode.INCOMPLETE;
            new CoverageOutput(console, source.id().name(), library, holdings, icloud, selection::taken)
                    .show(covered, listed, leftOut, code);
            return code.number();
        }
    }

    private static Optional<Holdings> holdings(Path root, SourceId source) throws IOException {
        try (Destination opened = Destination.view(root, Opening.REQUIRE_EXISTING)) {
            return Optional.of(Holdings.of(opened, source));
        }
    }

    private void unreadable(Unreadable file) {
        console.warn(file.path() + ": " + file.message());
        console.event(new Event("unreadable")
                .with("path", file.path())
                .with("reason", Words.hyphenated(file.reason()))
                .with("message", file.message()));
    }

    private static final class WhereaboutsConverter implements ITypeConverter<Whereabouts> {
        @Override
        public Whereabouts convert(String text) {
            return Arrays.stream(Whereabouts.values())
                    .filter(each -> Words.hyphenated(each).equals(text))
                    .findAny()
                    .orElseThrow(() -> new TypeConversionException("'" + text + "' is not one of "
                            + Arrays.stream(Whereabouts.values())
                                    .map(Words::hyphenated)
                                    .collect(Collectors.joining(", "))));
        }
    }
}
