package dev.shoebox.web.page;

import dev.shoebox.web.server.Response;
import dev.shoebox.web.server.Route;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The static files of the page, from the jar. Only files listed here are served. */
public final class PageFiles {
    private static final String HTML = "text/html; charset=utf-8";
    private static final String SCRIPT = "text/javascript; charset=utf-8";

    private static final List<String> SCRIPTS = List.of(
            "app.js",
            "band.js",
            "copies.js",
            "dom.js",
            "grid.js",
            "net.js",
            "photos.js",
            "scrubber.js",
            "targets.js",
            "viewer.js",
            "words.js");

    private PageFiles() {}

    /** Returns a route for each file. */
    public static List<Route> routes(Words words) {
        List<Route> routes = new ArrayList<>();
        routes.add(file("/", "index.html", HTML));
        routes.add(file("/page.css", "page.css", "text/css; charset=utf-8"));
        routes.add(file("/icon.svg", "icon.svg", "image/svg+xml"));
        SCRIPTS.forEach(name -> routes.add(file("/" + name, name, SCRIPT)));
        routes.add(Route.open("/words.json", request -> {
            Words.Chosen chosen = words.choose(request.language());
            return Response.json(Map.of("language", chosen.language().toLanguageTag(), "words", chosen.words()));
        }));
        return routes;
    }

    private static Route file(String path, String name, String type) {
        byte[] bytes = read(name);
        return Route.open(path, request -> new Response.Body(type, bytes, Response.Keep.NOT));
    }

    private static byte[] read(String name) {
        try (InputStream in = PageFiles.class.getResourceAsStream("/dev/shoebox/web/page/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + name);
            }
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new IllegalStateException("the jar cannot be read", unreadable);
        }
    }
}
