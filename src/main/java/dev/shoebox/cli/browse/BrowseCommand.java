package dev.shoebox.cli.browse;

import dev.shoebox.cli.configured.ConfiguredArguments;
import dev.shoebox.cli.option.DestinationOption;
import dev.shoebox.cli.option.SourceOptions;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.InterruptHandler;
import dev.shoebox.cli.terminal.JsonEvent;
import dev.shoebox.destination.DestinationFolder;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.history.RunEnding;
import dev.shoebox.web.Page;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;

/** {@code shoebox browse [DEST]}. */
@Command(
        name = "browse",
        header = "See the photos of the iPhone and of the backup in your browser, choose, and save.",
        description = {
            "",
            "Opens a page in your browser that Shoebox serves on this computer only. Nothing leaves the computer,"
                    + " and nothing on the iPhone is changed. Stop it with Ctrl-C, or close the page: it ends ten"
                    + " minutes later. A running backup first finishes the current files.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  shoebox browse",
            "      The iPhone; choose the folder of the backup on the page.",
            "  shoebox browse ~/Pictures/iPhone",
            "      The iPhone and this backup."
        })
public final class BrowseCommand implements Callable<Integer> {
    private static final Duration OPENED_AT_ONCE = Duration.ofMinutes(1);

    /** Somebody has to copy the address. */
    private static final Duration OPENED_BY_HAND = Duration.ofMinutes(10);

    @Mixin
    private SourceOptions from;

    @Mixin
    private DestinationOption destination;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Serve the page at this port of 127.0.0.1. Default: any free port.")
    private int port;

    @Option(names = "--no-open", description = "Print the address of the page instead of opening a browser.")
    private boolean closed;

    @Mixin
    private final Console console;

    private final InterruptHandler interrupts;
    private final InstantSource clock;
    private final ConfiguredArguments configured;
    private final BiFunction<SourceOptions, BrowseWork.Quiet, BrowseWork> works;
    private final DesktopBrowser browser;

    /** @param works creates the operations that the page can request */
    public BrowseCommand(
            Console console,
            InterruptHandler interrupts,
            InstantSource clock,
            ConfiguredArguments configured,
            BiFunction<SourceOptions, BrowseWork.Quiet, BrowseWork> works) {
        this.console = console;
        this.interrupts = interrupts;
        this.clock = clock;
        this.configured = configured;
        this.works = works;
        this.browser = new DesktopBrowser(configured.environment());
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Optional<Path> root = destination.pathIfThere();
        if (root.isPresent()) {
            from.check(root.get());
            DestinationFolder.requireSuitable(root.get(), OpenMode.CREATE_IF_EMPTY);
        }
        BrowseWork work = works.apply(from, line -> console.note(line));
        boolean byHand = closed || !browser.isThere();
        var settings = new Page.Settings(
                port,
                byHand ? OPENED_BY_HAND : OPENED_AT_ONCE,
                Locale.getDefault(),
                ZoneId.systemDefault(),
                root.or(work::usual));
        BrowsedSource source = new BrowsedSource(from, configured.places(), clock);
        try (Page page = Page.open(settings, source, work, clock)) {
            interrupts.onFirst(page::close);
            if (byHand || !browser.open(page.url())) {
                printed(page.url());
            } else {
                console.say("The page is open in your browser. Press Ctrl-C to stop.");
            }
            page.await();
        }
        return RunEnding.DONE.number();
    }

    /** Prints the only line on stdout, as soon as the page answers. */
    private void printed(String url) {
        if (console.isJson()) {
            console.event(new JsonEvent("page").with("url", url));
        } else {
            console.print(url + "\n");
        }
    }
}
