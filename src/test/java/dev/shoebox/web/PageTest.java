package dev.shoebox.web;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import com.sun.net.httpserver.HttpServer;
import dev.shoebox.LoopbackServer;
import dev.shoebox.web.index.Flag;
import dev.shoebox.web.index.PageEntry;
import dev.shoebox.web.index.PhotoIndex;
import dev.shoebox.web.index.Place;
import dev.shoebox.web.phone.PhoneState;
import dev.shoebox.web.phone.ShownPhone.Extent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The page in Chromium over generated photos: large libraries, hostile names, hostile pages of other origins. */
class PageTest extends PageCase {
    private static final String SCRIPT = "<img src=x onerror=\"window.hacked=1\">";

    private Page open(int photos) {
        sample.model.show(SamplePage.photos(photos), Extent.WHOLE);
        Page page = chromium.open(sample.url());
        page.locator(".tile.seen").first().waitFor();
        return page;
    }

    private static double number(Page page, String script) {
        return ((Number) page.evaluate(script)).doubleValue();
    }

    @Test
    void ofAHundredThousandPhotosOnlyThoseInViewAreInThePage() {
        sample.model.show(SamplePage.photos(100_000), Extent.WHOLE);
        Page page = chromium.open(sample.url());
        page.locator(".tile.seen").first().waitFor();
        assertTrue(number(page, "document.querySelectorAll('*').length") < 3000);
        // Down as fast as a wheel can. PageBenchmark measures how long a frame takes.
        page.evaluate("new Promise(done => { const grid = document.getElementById('grid'); let n = 0;"
                + " const step = () => { grid.scrollTop += 1500; if (++n < 120) requestAnimationFrame(step);"
                + " else done(); }; requestAnimationFrame(step); })");
        assertTrue(number(page, "document.querySelectorAll('*').length") < 5000);
        page.context().close();
    }

    @Test
    void theScrubberLandsOnTheMonthThatItNames() {
        Page page = open(20_000);
        Locator scrubber = page.locator("#scrubber");
        scrubber.focus();
        page.keyboard().press("Home");
        int months = Integer.parseInt(scrubber.getAttribute("aria-valuemax")) + 1;
        assertTrue(months > 100);
        for (int i = 1; i < months; i += 7) {
            // The page draws once for all keys but the last.
            page.evaluate(
                    "count => { const bar = document.getElementById('scrubber'); for (let i = 0; i < count; i++)"
                            + " bar.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown' })); }",
                    Math.min(6, months - i));
            page.keyboard().press("ArrowDown");
            String named = scrubber.getAttribute("aria-valuetext");
            String top = (String) page.evaluate("(() => { const box = document.getElementById('grid')"
                    + ".getBoundingClientRect(); const row = [...document.querySelectorAll('.row.heading')]"
                    + ".map(row => [Math.abs(row.getBoundingClientRect().top - box.top), row])"
                    + ".sort((a, b) => a[0] - b[0])[0]; return row[0] < 2 ? row[1].querySelector('h2').textContent"
                    + " : 'none at the top'; })()");
            assertTrue(named.startsWith(top), () -> named + " but " + top);
        }
        page.keyboard().press("End");
        assertEquals(Integer.toString(months - 1), scrubber.getAttribute("aria-valuenow"));
        // With the mouse: the bubble shows the month at the top.
        page.mouse().move(1255, 600);
        page.mouse().down();
        String bubble = page.locator("#bubble").textContent();
        assertEquals(bubble, scrubber.getAttribute("aria-valuetext"));
        page.mouse().up();
        page.context().close();
    }

    @Test
    void oneMonthOfFiftyThousandStopsNothing() {
        List<PageEntry> entries = new ArrayList<>();
        for (int id = 0; id < 50_000; id++) {
            entries.add(new PageEntry(id, "x", 29_000_000 + id % 40_000, Flag.HERE.bit(), 1000, "x", List.of()));
        }
        sample.model.show(new PhotoIndex(entries), Extent.WHOLE);
        Page page = chromium.open(sample.url());
        page.locator(".tile.seen").first().waitFor();
        double tick = number(
                page,
                "(() => { const box = document.querySelector('.month-box'); const t = performance.now(); box.click();"
                        + " return performance.now() - t; })()");
        assertTrue(tick < 1000, () -> "ticking took " + tick + " ms");
        assertTrue(page.locator("#bar-count").textContent().contains("50,000") || months(page) > 1);
        page.context().close();
    }

    private static int months(Page page) {
        return Integer.parseInt(page.locator("#scrubber").getAttribute("aria-valuemax")) + 1;
    }

    @Test
    void shiftTicksAcrossMonthsAndTheTicksOutliveFiltersAndNewStates() {
        Page page = open(3000);
        page.locator(".tile .tick").nth(1).click(new Locator.ClickOptions().setForce(true));
        page.locator("#date").fill("2026-08");
        page.locator("#date").dispatchEvent("change");
        page.keyboard().press("Shift+ArrowRight");
        String count = page.locator("#bar-count").textContent();
        assertFalse(count.startsWith("1 "), count);
        page.locator("[data-filter='videos']").click();
        page.locator("[data-filter='all']").click();
        sample.model.show(SamplePage.photos(3000), Extent.WHOLE);
        page.locator(".tile.seen").first().waitFor();
        assertEquals(count, page.locator("#bar-count").textContent());
        page.locator("#bar-save").click();
        page.locator("#bar")
                .waitFor(new Locator.WaitForOptions()
                        .setState(com.microsoft.playwright.options.WaitForSelectorState.HIDDEN));
        assertEquals(1, sample.done.size());
        page.context().close();
    }

    @Test
    void namesOfAPhoneAreTextAndNothingElse() {
        List<PageEntry> entries = new ArrayList<>();
        List<String> names =
                List.of(SCRIPT, "\" onload=\"window.hacked=1", "\u202egnp.exe", "a\nb", "</title><script>x", "'");
        for (int id = 0; id < names.size(); id++) {
            entries.add(new PageEntry(
                    id,
                    names.get(id),
                    29_000_000 + id,
                    Place.ONLY_HERE.bits() | Flag.HERE.bit(),
                    1000,
                    names.get(id),
                    List.of(names.get(id))));
        }
        sample.model.show(new PhotoIndex(entries), Extent.WHOLE);
        sample.model.show(
                new PhoneState(PhoneState.Kind.READY, Optional.of(SCRIPT), true, true, 0, Optional.of(SCRIPT)));
        sample.model.answer(new PageModel.CloudAnswer("waiting", "none", SCRIPT, List.of(SCRIPT)));
        sample.model.follow(() -> Optional.of(Map.of(
                "state",
                "incomplete",
                "ended",
                true,
                "files",
                2,
                "filesDone",
                1,
                "bytes",
                1,
                "bytesDone",
                1,
                "bytesPerSecond",
                1,
                "secondsLeft",
                1,
                "saved",
                1,
                "failed",
                List.of(Map.of("path", SCRIPT, "message", SCRIPT)))));
        Page page = chromium.open(sample.url());
        page.locator(".tile.seen").first().waitFor();
        assertEquals(SCRIPT, page.locator("#phone-name").textContent());
        assertEquals(SCRIPT, page.locator("#failures b").textContent());
        page.locator(".tile").first().click();
        page.keyboard().press("i");
        page.locator(".viewer-details dd").first().waitFor();
        for (int i = 0; i < names.size(); i++) {
            page.keyboard().press("ArrowRight");
        }
        assertEquals(null, page.evaluate("window.hacked"));
        assertEquals(0, page.locator("img[src='x']").count());
        page.context().close();
    }

    /** Serves a page at another port, under every name that leads here. */
    private static HttpServer serve(String html) throws IOException {
        HttpServer evil = LoopbackServer.create();
        evil.createContext("/", exchange -> {
            byte[] bytes = html.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        evil.start();
        return evil;
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "evil.example"})
    void aHostilePageElsewhereReadsNothingAndHasNothingDone(String host) throws IOException {
        String target = sample.url().replaceAll("/#.*", "");
        String html = "<!doctype html><form method=post enctype=text/plain action='" + target
                + "/api/save' target=f><input name='{\"what\":\"only-here\",\"x\":\"' value='\"}'></form>"
                + "<iframe name=f></iframe><iframe id=frame src='" + target + "/'></iframe><img id=img src='" + target
                + "/icon.svg'><script>window.seen = []; const keep = name => value => seen.push(name + value);"
                + " const body = JSON.stringify({what: 'only-here'});"
                + " window.all = Promise.allSettled(["
                + " fetch('" + target + "/api/state').then(r => r.text()).then(keep('cors ')),"
                + " fetch('" + target + "/', {mode: 'no-cors'}).then(r => keep('opaque ')(r.type + r.status)),"
                + " fetch('" + target + "/api/save', {method: 'POST', mode: 'no-cors', body}).then(() => 0),"
                + " fetch('" + target
                + "/api/save', {method: 'POST', headers: {'Content-Type': 'application/json'}, body})"
                + ".then(r => r.text()).then(keep('post ')),"
                + " fetch('" + target
                + "/api/state', {headers: {'X-Shoebox': 'x'}}).then(r => r.text()).then(keep('header ')),"
                + " fetch('" + target + "/api/session', {method: 'POST', mode: 'no-cors', body: '{}'}),"
                + " new Promise(done => { const s = new EventSource('" + target + "/api/events'); s.onerror = done;"
                + " s.onmessage = keep('event '); }),"
                + " import('" + target + "/app.js').then(keep('module '))"
                + "]); document.forms[0].submit(); const popup = window.open('" + target + "/'); "
                + "</script>";
        HttpServer evil = serve(html);
        try {
            sample.model.show(SamplePage.photos(20), Extent.WHOLE);
            BrowserContext context = chromium.context(options -> {});
            // The user has the page open in the same browser.
            Page page = context.newPage();
            page.navigate(sample.url());
            page.locator(".tile.seen").first().waitFor();
            Page hostile = context.newPage();
            hostile.navigate("http://" + host + ":" + evil.getAddress().getPort() + "/");
            hostile.evaluate("window.all");
            List<?> seen = (List<?>) hostile.evaluate("window.seen");
            assertTrue(seen.stream().allMatch(each -> each.toString().startsWith("opaque opaque")), seen::toString);
            assertEquals(0.0, number(hostile, "document.getElementById('img').naturalWidth"));
            assertTrue(hostile.frames().stream()
                    .filter(frame -> frame.url().startsWith(target))
                    .allMatch(frame -> frame.locator("#sentence").count() == 0));
            assertEquals(List.of(), sample.done);
            context.close();
        } finally {
            evil.stop(0);
        }
    }

    @Test
    void aReboundNameGetsNothing() {
        Page page = chromium.context(options -> {}).newPage();
        int port = Integer.parseInt(sample.url().replaceAll(".*:(\\d+)/.*", "$1"));
        assertEquals(403, page.navigate("http://rebind.example:" + port + "/").status());
        assertEquals(403, page.navigate("http://localhost:" + port + "/").status());
        page.context().close();
    }

    @Test
    void nothingIsAskedOfAnybodyElse() {
        sample.model.show(SamplePage.photos(50), Extent.WHOLE);
        List<String> asked = new ArrayList<>();
        Page page = chromium.context(options -> {}).newPage();
        page.onRequest(request -> asked.add(request.url()));
        page.navigate(sample.url());
        page.locator(".tile.seen").first().waitFor();
        String origin = sample.url().replaceAll("#.*", "");
        assertTrue(asked.size() > 10);
        assertTrue(asked.stream().allMatch(url -> url.startsWith(origin)), asked::toString);
        // The code is in no requested URL, and in no entry of the history.
        String code = sample.url().replaceAll(".*#", "");
        assertTrue(asked.stream().noneMatch(url -> url.contains(code) && !url.endsWith("#" + code)), asked::toString);
        assertEquals(origin, page.url());
        page.context().close();
    }

    @Test
    void theEndOfASaveSaysWhatCouldBeDeletedOnThePhone() {
        Map<String, Object> run = new HashMap<>(Map.of(
                "state",
                "done",
                "ended",
                true,
                "files",
                2,
                "filesDone",
                2,
                "saved",
                2,
                "folder",
                "/media/anna/Photos"));
        sample.model.follow(() -> Optional.of(run));
        Page page = open(20);
        String unknown = page.locator("#detail").textContent();
        assertFalse(unknown.contains("safe-to-remove"), unknown);
        run.put("removable", 1234);
        run.put("removableBytes", 5_600_000_000L);
        sample.model.thumbsChanged();
        page.locator("#detail:text('1,234')").waitFor();
        run.put("removable", 0);
        sample.model.thumbsChanged();
        page.locator("#detail:text('shoebox verify /media/anna/Photos')").waitFor();
        page.context().close();
    }

    @Test
    void germanIsSpokenWhereItIsAskedFor() {
        sample.model.show(SamplePage.photos(30), Extent.WHOLE);
        Page page = chromium.open(sample.url(), options -> options.setLocale("de-DE"));
        page.locator(".tile.seen").first().waitFor();
        assertEquals("de-DE", page.locator("html").getAttribute("lang"));
        assertTrue(page.locator("#sentence").textContent().contains("Fotos und Videos"));
        page.context().close();
    }

    /** English text from the server is not shown on the German page. */
    @Test
    void germanIsSpokenOfTroubleToo() {
        String english = "iCloud storage is full: 12 items wait";
        sample.model.answer(new PageModel.CloudAnswer("icloud-full", "part", english, List.of("First: save.")));
        sample.model.trouble(new ShownBackup.Trouble("unreadable", Optional.of(english)));
        sample.model.show(SamplePage.photos(30), Extent.WHOLE);
        Page page = chromium.open(sample.url(), options -> options.setLocale("de-DE"));
        page.locator("body[data-state='backup-trouble']").waitFor();
        page.locator("#icloud-more summary").click();
        String all = page.locator("body").innerText();
        assertFalse(all.contains("iCloud storage") || all.contains("First:"), all);
        assertEquals(2, page.locator("#icloud-steps li").count());
        assertEquals(0, page.locator("[data-act^='save.']").count());
        page.context().close();
    }

    @Test
    void theWallIsAGridToAReader() {
        Page page = open(200);
        Locator grid = page.locator("#grid");
        assertEquals("grid", grid.getAttribute("role"));
        assertEquals(1, page.locator(".tile[tabindex='0']").count());
        String tile = page.locator(".tile").first().getAttribute("aria-label");
        assertTrue(tile.contains("2026"), tile);
        assertNotEquals("0", grid.getAttribute("aria-rowcount"));
        assertTrue(page.locator("#chips button[aria-pressed='true']").count() == 1);
        page.context().close();
    }

    @Test
    void darkNarrowAndStillItStillFits() {
        sample.model.show(SamplePage.photos(300), Extent.WHOLE);
        Page page = chromium.open(sample.url(), options -> options.setViewportSize(320, 640)
                .setColorScheme(ColorScheme.DARK)
                .setReducedMotion(ReducedMotion.REDUCE));
        page.locator(".tile.seen").first().waitFor();
        assertTrue(number(page, "document.documentElement.scrollWidth") <= 320);
        assertTrue(number(page, "document.getElementById('grid').clientHeight") > 100);
        assertTrue(page.locator("#band-actions button.main").isVisible());
        page.context().close();
    }
}
