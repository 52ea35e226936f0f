package dev.shoebox.web;

import dev.shoebox.web.page.Words;
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

/** The page, from its start until it is closed, or nobody has looked at it for a while and nothing is being saved. */
public final class Page implements Closeable {
    private static final Duration IDLE = Duration.ofMinutes(10);

    private final LocalServer server;
    private final Desk desk;

    /**
     * How a page is served.
     *
     * @param port 0 for a free one
     * @param codeLifetime how long the address that it is opened with works
     * @param language of this computer
     */
    public record Settings(int port, Duration codeLifetime, Locale language, ZoneId zone) {}

    private Page(LocalServer server, Desk desk) {
        this.server = server;
        this.desk = desk;
    }

    /**
     * Begins to serve the page, and to look at the phone.
     *
     * @param destination where photos go; empty where the person has still to choose
     * @throws IOException if the port cannot be had
     */
    public static Page open(
            Settings settings, PageSource source, PageWork work, Optional<Path> destination, InstantSource clock)
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
        desk.start(destination, server::close);
        return new Page(server, desk);
    }

    /** What to open in a browser: once, and soon. */
    public String url() {
        return server.url();
    }

    /** Waits until nobody needs the page any more. */
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
