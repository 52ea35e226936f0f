package dev.shoebox.web;

import dev.shoebox.json.JsonObject;
import dev.shoebox.web.index.PageEntry;
import dev.shoebox.web.index.PhotoIndex;
import dev.shoebox.web.index.Search;
import dev.shoebox.web.page.PageFiles;
import dev.shoebox.web.page.Words;
import dev.shoebox.web.server.Refusal;
import dev.shoebox.web.server.Request;
import dev.shoebox.web.server.Response;
import dev.shoebox.web.server.Route;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The routes of docs/page.md: maps each request of the page to a query of the model or an action. */
final class PageRoutes {
    private static final int LONGEST_SEARCH = 100;
    private static final int LONGEST_NAME = 60;
    private static final Set<String> KINDS = Set.of(PhotoIndex.ONLY_HERE, PhotoIndex.UNSAVED, "again");

    private final PageModel model;
    private final Pictures pictures;
    private final Actions actions;

    PageRoutes(PageModel model, Pictures pictures, Actions actions) {
        this.model = model;
        this.pictures = pictures;
        this.actions = actions;
    }

    List<Route> routes(Words words) {
        List<Route> routes = new ArrayList<>(PageFiles.routes(words));
        routes.add(Route.get("/api/state", request -> Response.text("application/json", model.json())));
        routes.add(Route.get("/api/events", request -> new Response.Stream(model.feed())));
        routes.add(Route.get(
                "/api/index",
                request -> new Response.Body(
                        "application/octet-stream", model.index().columns(), Response.Keep.NOT)));
        routes.add(Route.get("/api/albums", request -> albums()));
        routes.add(Route.get(
                "/api/albums/{n}",
                request -> ranges(model.index().album(request.number()).orElseThrow(Refusal::notFound))));
        routes.add(Route.get("/api/photos/{n}", request -> Response.json(actions.details(entry(request)))));
        routes.add(Route.post("/api/search", this::search));
        routes.add(Route.get(
                "/api/destinations",
                request -> Response.json(Map.of(
                        "destinations",
                        actions.targets().stream().map(Target::fields).toList()))));
        routes.add(Route.post("/api/destination", this::choose));
        routes.add(Route.post("/api/save", this::save));
        routes.add(Route.post("/api/pause", request -> done(actions::pause)));
        routes.add(Route.post("/api/look", request -> done(actions::look)));
        routes.add(Route.post("/api/forget", request -> done(actions::forget)));
        routes.add(Route.post("/api/open-folder", request -> {
            actions.openFolder();
            return Response.done();
        }));
        routes.add(Route.post("/api/weekly", request -> Response.json(Map.of("message", actions.weekly()))));
        routes.add(Route.get("/api/report", request -> Response.text("text/html; charset=utf-8", actions.report())));
        routes.add(Route.post("/api/close", request -> done(actions::close)));
        routes.add(Route.picture(
                "/thumbs/{n}",
                request -> pictures.thumbnail(entry(request).id()).orElseThrow(Refusal::notFound)));
        routes.add(Route.picture(
                "/pictures/{n}",
                request -> pictures.picture(entry(request).id()).orElseThrow(Refusal::notFound)));
        routes.add(Route.picture(
                "/films/{n}", request -> pictures.film(entry(request).id()).orElseThrow(Refusal::notFound)));
        return routes;
    }

    private PageEntry entry(Request request) throws Refusal {
        return model.index().find(request.number()).orElseThrow(Refusal::notFound);
    }

    private Response albums() {
        return Response.json(Map.of(
                "albums",
                model.index().albums().stream()
                        .map(album -> Map.of("id", album.id(), "name", album.name(), "count", album.count()))
                        .toList()));
    }

    private Response search(Request request) throws Refusal {
        String text = request.text("text", LONGEST_SEARCH);
        return ranges(model.index().search(new Search(text, List.of(Locale.ENGLISH, Locale.GERMAN))));
    }

    private static Response ranges(List<PhotoIndex.Range> ranges) {
        return Response.json(Map.of(
                "ranges",
                ranges.stream()
                        .map(range -> List.of(range.first(), range.last()))
                        .toList()));
    }

    private Response choose(Request request) throws Refusal {
        if (request.body().has("folder")) {
            String name = request.text("folder", LONGEST_NAME);
            actions.chooseNew(request.whole("id"), name);
        } else {
            actions.choose(request.whole("id"));
        }
        return Response.done();
    }

    private Response save(Request request) throws Refusal {
        JsonObject body = request.body();
        if (body.has("what")) {
            String what = request.text("what", LONGEST_NAME);
            if (!KINDS.contains(what)) {
                throw new Refusal(400, "Unknown kind of photos.");
            }
            actions.save(new Actions.Choice(Optional.of(what), List.of()));
        } else {
            actions.save(new Actions.Choice(Optional.empty(), ids(body.fields().get("ids"))));
        }
        return Response.done();
    }

    /** @param ranges pairs of first and last id */
    private List<Integer> ids(Object ranges) throws Refusal {
        List<Integer> ids = new ArrayList<>();
        PhotoIndex photos = model.index();
        if (!(ranges instanceof List<?> pairs)) {
            throw new Refusal(400, "'ids' must be pairs of the first and the last number.");
        }
        for (Object pair : pairs) {
            if (!(pair instanceof List<?> ends)
                    || ends.size() != 2
                    || !(ends.get(0) instanceof Integer first)
                    || !(ends.get(1) instanceof Integer last)
                    || first < 0
                    || last < first
                    || (long) last - first > photos.size()) {
                throw new Refusal(400, "'ids' must be pairs of the first and the last number.");
            }
            for (int id = first; id <= last; id++) {
                if (photos.find(id).isEmpty()) {
                    throw new Refusal(404, "No photo has the number " + id + ".");
                }
                ids.add(id);
            }
            if (ids.size() > photos.size()) {
                throw new Refusal(400, "A photo can be selected only once.");
            }
        }
        if (ids.isEmpty()) {
            throw Refusal.said(400, "refused.none.chosen");
        }
        return ids;
    }

    private static Response done(Runnable action) {
        action.run();
        return Response.done();
    }
}
