package dev.shoebox.web;

import dev.shoebox.web.page.Words;
import dev.shoebox.web.phone.PageSource;
import dev.shoebox.web.saving.PageWork;
import dev.shoebox.web.server.LocalServer;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;

/** The page, from its start until it is closed, or until nobody has viewed it for a while and no run is in progress. */
public final class Page implements Closeable {
    private static final Duration IDLE = Duration.ofMinutes(10);

    private final LocalServer server;
    private final Desk desk;

    /**
     * How to serve the page.
     *
     * @param port 0 for any free port
     * @param codeLifetime how long the launch address stays valid
     * @param language the language of this computer
     * @param destination where to save photos; empty if not chosen yet
     */
    public record Settings(int port, Duration codeLifetime, Locale language, ZoneId zone, Optional<Path> destination) {}

    private Page(LocalServer server, Desk desk) {
        this.server = server;
        this.desk = desk;
    }

    /**
     * Starts to serve the page and to watch the phone.
     *
     * @throws IOException if the port is not available
     */
    public static Page open(Settings settings, PageSource source, PageWork work, InstantSource clock)
            throws IOException {
        PageModel model = new PageModel();
        Desk desk = new Desk(model, source, work, clock, settings.zone());
        Words words = new Words(settings.language());
        LocalServer server = LocalServer.start(
                new LocalServer.Settings(settings.port(), settings.codeLifetime(), IDLE),
                new PageRoutes(model, desk.pictures(), desk).routes(words),
                model.feed(),
                desk::isSaving,
                words);
        settings.destination().ifPresent(desk::saveIn);
        desk.start(server::close);
        return new Page(server, desk);
    }

    /** Returns the address to open in a browser. It works once, and only for a short time. */
    public String url() {
        return server.url();
    }

    /** Waits until the page is no longer needed. */
    public void await() throws InterruptedException {
        server.await();
        desk.finish();
    }

    @Override
    public void close() {
        server.close();
        desk.close();
    }
}
