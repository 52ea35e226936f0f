package dev.shoebox.web;

import dev.shoebox.json.JsonObject;
import dev.shoebox.web.page.Words;
import dev.shoebox.web.phone.ShownPhone.Extent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The routes of docs/page.md, requested from outside like any program that has the URL. */
class PageRoutesTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private SamplePage page;
    private String origin;
    private String token;
    private String pictures;

    @BeforeEach
    void enter() throws Exception {
        page = new SamplePage();
        page.model.show(SamplePage.photos(50), Extent.WHOLE);
        origin = page.url().replaceAll("/#.*", "");
        HttpResponse<String> answer =
                post("/api/session", "{\"code\":\"" + page.url().replaceAll(".*#", "") + "\"}");
        JsonObject session = JsonObject.parse(answer.body());
        token = session.text("token");
        pictures = session.text("pictures");
    }

    @AfterEach
    void leave() {
        page.close();
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin + path))
                .header("Origin", origin)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (token != null) {
            request.header("X-Shoebox", token);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(origin + path))
                        .header("X-Shoebox", token)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void everyFileOfThePageExists() throws Exception {
        for (String path : List.of("/", "/page.css", "/icon.svg", "/app.js", "/grid.js", "/words.json")) {
            assertEquals(200, get(path).statusCode(), path);
        }
    }

    @Test
    void theStateHasWhatTheButtonSaves() throws Exception {
        JsonObject state = JsonObject.parse(get("/api/state").body());
        assertEquals("only-here", state.object("offer").text("what"));
        assertTrue(state.object("offer").number("count") > 0);
        assertEquals("ready", state.object("phone").text("state"));
    }

    /** While only the first screen is known, no total and no "all saved" is shown. */
    @Test
    void ofAFirstScreenNothingIsOffered() throws Exception {
        page.model.show(SamplePage.photos(50), Extent.FIRST_SCREEN);
        JsonObject state = JsonObject.parse(get("/api/state").body());
        assertFalse(state.has("offer"));
        assertEquals(true, state.object("counts").fields().get("partial"));
        assertEquals(false, state.object("counts").fields().get("safe"));
    }

    @Test
    void selectedPhotosAreSaved() throws Exception {
        assertEquals(200, post("/api/save", "{\"ids\":[[3,5],[7,7]]}").statusCode());
        assertEquals(200, post("/api/save", "{\"what\":\"only-here\"}").statusCode());
        assertEquals(List.of("save [3, 4, 5, 7]", "save only-here[]"), page.done);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"ids\":[]}",
                "{\"ids\":7}",
                "{\"ids\":[[5,3]]}",
                "{\"ids\":[[-1,3]]}",
                "{\"ids\":[[0,2147483647]]}",
                "{\"ids\":[[0,49],[0,49]]}",
                "{\"ids\":[[49,50]]}",
                "{\"ids\":[[1,\"2\"]]}",
                "{\"ids\":[[1.5,2.5]]}",
                "{\"ids\":[[1]]}",
                "{\"what\":\"everything\"}",
                "{\"what\":{}}",
                "{\"what\":null}",
                "[]"
            })
    void aRequestThatSelectsNoPhotosIsRefused(String body) throws Exception {
        int status = post("/api/save", body).statusCode();
        assertTrue(status == 400 || status == 404, () -> "answered with " + status);
        assertTrue(page.done.isEmpty());
    }

    @Test
    void photosThatAreNotThereAreNotFound() throws Exception {
        assertEquals(404, get("/api/photos/50").statusCode());
        assertEquals(404, get("/i/" + pictures + "/thumbs/50").statusCode());
        assertEquals(200, get("/i/" + pictures + "/thumbs/49").statusCode());
        assertEquals(404, get("/api/albums/9").statusCode());
    }

    @Test
    void refusalsAreInTheUsersLanguage() throws Exception {
        String english = post("/api/save", "{\"ids\":[]}").body();
        HttpRequest german = HttpRequest.newBuilder(URI.create(origin + "/api/save"))
                .header("Origin", origin)
                .header("Content-Type", "application/json")
                .header("X-Shoebox", token)
                .header("Accept-Language", "de-DE,de;q=0.9")
                .POST(HttpRequest.BodyPublishers.ofString("{\"ids\":[]}"))
                .build();
        String said = client.send(german, HttpResponse.BodyHandlers.ofString()).body();
        assertNotEquals(english, said);
        assertEquals(new Words(Locale.ENGLISH).say("refused.none.chosen", Map.of(), "de"), said);
    }

    @Test
    void aSearchThatIsTooLongIsRefused() throws Exception {
        assertEquals(
                400,
                post("/api/search", "{\"text\":\"" + "x".repeat(101) + "\"}").statusCode());
        assertEquals(200, post("/api/search", "{\"text\":\"IMG_0001\"}").statusCode());
    }
}
