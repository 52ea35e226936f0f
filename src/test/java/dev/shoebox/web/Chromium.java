package dev.shoebox.web;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;

import java.io.Closeable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Debian's Chromium, as a shell without a window where there is one, driven by Playwright with the installed node; nothing is downloaded. Keeps errors that a page
 * writes to its console.
 */
public final class Chromium implements Closeable {
    /** An event that does not come fails a test after this time, which is long, because other tests run beside it. */
    private static final double PATIENCE_MILLIS = 60_000;

    /** Every name leads to this computer, so that tests can serve pages of other origins. */
    private static final String NAMES =
            "--host-resolver-rules=MAP evil.example 127.0.0.1, MAP rebind.example 127.0.0.1";

    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final Playwright playwright;
    private final Browser browser;

    public Chromium() {
        Path node = program("node");
        Path chromium = program("chromium-headless-shell", "chromium");
        playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1", "PLAYWRIGHT_NODEJS_PATH", node.toString())));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setHeadless(true)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", NAMES)));
    }

    /** @param names in order of preference */
    private static Path program(String... names) {
        return Stream.of(names)
                .flatMap(name -> Stream.of("/usr/bin", "/usr/local/bin").map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "There is no " + names[0] + " here; 'scripts/setup test' installs it."));
    }

    /** Closes what a failed test left open, and returns the errors in the consoles of pages since the last call. */
    List<String> endPages() {
        browser.contexts().forEach(BrowserContext::close);
        List<String> all = List.copyOf(complaints);
        complaints.clear();
        return all;
    }

    public Page open(String url) {
        return open(url, options -> {});
    }

    public Page open(String url, Consumer<Browser.NewContextOptions> more) {
        Page page = context(more).newPage();
        listen(page);
        page.navigate(url);
        return page;
    }

    public BrowserContext context(Consumer<Browser.NewContextOptions> more) {
        Browser.NewContextOptions options = new Browser.NewContextOptions().setViewportSize(1280, 860);
        more.accept(options);
        BrowserContext context = browser.newContext(options);
        context.setDefaultTimeout(PATIENCE_MILLIS);
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        return context;
    }

    private void listen(Page page) {
        page.onConsoleMessage(message -> {
            // The browser reports a file that does not exist yet (a thumbnail, 404) as an error of its own.
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
