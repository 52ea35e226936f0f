package dev.shoebox.cli.browse;

import dev.shoebox.cli.option.SourceOptions;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.TerminalInfo;
import dev.shoebox.coverage.icloud.Diagnosis;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.Scope;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.run.CloudAnswer;
import dev.shoebox.run.PhoneLibrary;
import dev.shoebox.run.PhoneWait;
import dev.shoebox.system.AppDirectories;
import dev.shoebox.web.phone.PageSource;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** The phone or folder of the command line as the page's source. The page shows all messages. */
final class BrowsedSource implements PageSource {
    private final SourceOptions from;
    private final AppDirectories places;
    private final InstantSource clock;
    private final Console silent = new Console(
            new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter()), TerminalInfo.none());

    BrowsedSource(SourceOptions from, AppDirectories places, InstantSource clock) {
        this.from = from;
        this.places = places;
        this.clock = clock;
    }

    /** Waits for nobody: the page retries, and says what is missing. */
    static PhoneWait now() {
        return new PhoneWait(Duration.ZERO, Duration.ZERO, line -> {}, line -> {}, line -> {});
    }

    @Override
    public boolean isPhone() {
        return from.isPhone();
    }

    @Override
    public MediaSource open() throws IOException {
        return from.open(now(), Scope.USUAL);
    }

    @Override
    public boolean isThere(SourceId looked) {
        return from.isThere(looked);
    }

    @Override
    public Library library(MediaSource source, Listing listing) {
        return new PhoneLibrary(places, silent).read(source, listing);
    }

    @Override
    public Optional<Diagnosis> icloud(MediaSource source, Library library) {
        return CloudAnswer.of(source, library, places.cache(), clock.instant());
    }
}
