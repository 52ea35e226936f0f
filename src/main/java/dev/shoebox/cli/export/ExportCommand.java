package dev.shoebox.cli.export;

import dev.shoebox.archive.ArchiveException;
import dev.shoebox.archive.ArchiveExport;
import dev.shoebox.archive.BackupFiles;
import dev.shoebox.archive.ChosenFiles;
import dev.shoebox.archive.ExportResult;
import dev.shoebox.archive.ExportTarget;
import dev.shoebox.archive.JpegCopies;
import dev.shoebox.archive.JpegProgram;
import dev.shoebox.archive.MemberSource;
import dev.shoebox.archive.packing.Member;
import dev.shoebox.cli.choice.PartOptions;
import dev.shoebox.cli.choice.SelectionOptions;
import dev.shoebox.cli.choice.SizeConverter;
import dev.shoebox.cli.find.SearchOptions;
import dev.shoebox.cli.option.DestinationOption;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.InterruptHandler;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.DestinationFolder;
import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.photos.Kind;
import dev.shoebox.photos.choice.AssetFilter;
import dev.shoebox.photos.choice.FilterSubject;
import dev.shoebox.schedule.NothingToDoNow;
import dev.shoebox.system.process.Programs;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.Callable;

/** {@code shoebox export DEST -o FILE}. */
@Command(
        name = "export",
        header = "Export photos from the backup: as an archive (tar or zip), in parts for discs, or as a folder.",
        description = {
            "",
            "Only reads the backup, and needs no iPhone. Selects photos like 'backup' and 'find'; exports everything"
                    + " if nothing is selected. Includes Live videos, edits, sidecars, a list of albums"
                    + " (ALBUMS.csv) and SHA256SUMS. The export is written, read back and compared with the backup"
                    + " before it gets its name; nothing is ever replaced. Damaged files are named and left out."
                    + " You cannot select favourites or hidden photos: the backup does not record them.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  shoebox export -o /media/me/Disk/photos.tar ~/Pictures/iPhone",
            "  shoebox export --taken 2024-07 --album Oslo -o oslo.zip ~/Pictures/iPhone",
            "  shoebox export --split 4G -o /media/me/STICK/photos.zip ~/Pictures/iPhone",
            "      photos-1-of-3.zip and so on, each an archive of its own",
            "  shoebox export --only video -o ~/Desktop/films ~/Pictures/iPhone      a folder"
        })
public final class ExportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Mixin
    private DestinationOption destination;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description =
                    "What to write: a name that ends with .tar, .tar.gz (.tgz), .tar.zst or .zip, or a new folder.")
    private Path output;

    @Option(
            names = "--split",
            paramLabel = "SIZE",
            converter = SplitConverter.class,
            description = "Make several archives, none larger than this (4G fits FAT32, 700M a CD, 25G a "
                    + "Blu-ray disc)."
                    + " Each opens by itself. A larger film is cut into pieces, which 'cat' and 7-Zip join; in a folder,"
                    + " only such films are cut.")
    private long split = Long.MAX_VALUE;

    @Option(
            names = "--as-jpeg",
            description =
                    "Convert HEICs to JPEGs, for programs that cannot read HEIC, with heif-dec, heif-convert or sips,"
                            + " whichever is installed. A photo that cannot be converted is exported as it is, and"
                            + " named.")
    private boolean asJpeg;

    @Mixin
    private SelectionOptions selection;

    @Mixin
    private PartOptions parts;

    @Mixin
    private SearchOptions search;

    @Mixin
    private final Console console;

    private final InterruptHandler interrupts;
    private final InstantSource clock;
    private final Programs programs;

    public ExportCommand(
            Console console, InterruptHandler interrupts, InstantSource clock, Map<String, String> environment) {
        this.console = console;
        this.interrupts = interrupts;
        this.clock = clock;
        this.programs = new Programs(environment);
    }

    @Override
    public Integer call() throws IOException {
        Path root = destination.path();
        ZoneId zone = ZoneId.systemDefault();
        AssetFilter filter = selection.choice(clock.instant(), zone, false, Set.of(), this::refused);
        selection.naming(Kind.BURST).ifPresent(option -> {
            throw refused("A backup does not record which photos belong to a burst: omit " + option + ".");
        });
        DestinationFolder.requireSuitable(root, OpenMode.REQUIRE_EXISTING);
        ExportTarget target = ExportTarget.of(output, root);
        try (Destination opened = Destination.view(root, OpenMode.REQUIRE_EXISTING)) {
            selection.requireAlbums(opened.memory().albums().keySet(), "in this backup", this::refused);
            BackupFiles files = new BackupFiles(opened, TextFormat.path(root));
            List<Member> members = files.with(new ChosenFiles(
                    opened, new Chosen(root, filter, opened.memory().persons()), parts.filter(), zone));
            if (members.isEmpty()) {
                throw new NothingToDoNow("Nothing in " + TextFormat.path(root) + " matches, so no export was made.");
            }
            ExportOutput told = new ExportOutput(console, root);
            return told.concluded(run(target, files, members, told), target).number();
        }
    }

    private ExportResult run(ExportTarget target, BackupFiles files, List<Member> members, ExportOutput told)
            throws IOException {
        if (!asJpeg) {
            return export(target, files, members, told);
        }
        JpegProgram program = JpegProgram.find(programs)
                .orElseThrow(() ->
                        new ArchiveException.Refused("--as-jpeg needs heif-dec or heif-convert of libheif (Debian,"
                                + " Ubuntu: apt install libheif-examples; Fedora: libheif-tools; Mac: sips "
                                + "is there), and none is installed. Install one, or omit --as-jpeg."));
        try (JpegCopies copies = new JpegCopies(files, members, program, told::unconverted)) {
            ExportResult result = export(target, copies, members, told);
            told.converted(copies.made());
            return result;
        }
    }

    private ExportResult export(ExportTarget target, MemberSource source, List<Member> members, ExportOutput told)
            throws IOException {
        try (told) {
            ArchiveExport export =
                    new ArchiveExport(new PathDisk(target.folder()), target, split, programs, source, told);
            interrupts.onFirst(() -> {
                console.say("Stopping and removing the unfinished export. Press Ctrl-C again to stop immediately.");
                export.stop();
            });
            return export.run(members);
        }
    }

    private ParameterException refused(String why) {
        return new ParameterException(command.commandLine(), why);
    }

    private final class Chosen implements ChosenFiles.Choice {
        private final Path root;
        private final AssetFilter filter;
        private final Map<String, SortedSet<String>> persons;

        Chosen(Path root, AssetFilter filter, Map<String, SortedSet<String>> persons) {
            this.root = root;
            this.persons = persons;
            this.filter = filter;
        }

        @Override
        public boolean takes(FilterSubject photo, List<Journal.Entry> entries) {
            String path = entries.get(0).path();
            return filter.judge(photo) == AssetFilter.Verdict.CHOSEN
                    && (!search.isGiven()
                            || search.isMeant(
                                    root.resolve(path),
                                    entries,
                                    List.copyOf(persons.getOrDefault(path, Collections.emptySortedSet()))));
        }

        @Override
        public boolean takesAll() {
            return !search.isGiven() && !selection.isGiven();
        }
    }

    /** A part of less than a megabyte would contain little but its own overhead. */
    private static final class SplitConverter implements ITypeConverter<Long> {
        private static final long SMALLEST = 1_000_000;

        @Override
        public Long convert(String text) {
            long size = new SizeConverter().convert(text);
            if (size < SMALLEST) {
                throw new TypeConversionException("'" + text + "' is too small for a part; the minimum is 1M");
            }
            return size;
        }
    }
}
