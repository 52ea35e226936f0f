package dev.shoebox.web;

import com.microsoft.playwright.Page;
import dev.shoebox.web.index.PhotoIndex;
import dev.shoebox.web.phone.ShownPhone.Extent;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Measures the page in Chromium over generated photos, and a bare page with all the same tiles in its document. */
final class PageBenchmark {
    private static final String FLING = "new Promise(done => { const s = SCROLLER; let last = performance.now();"
            + " const frames = []; const step = now => { frames.push(now - last); last = now; s.scrollTop += 100;"
            + " if (frames.length < 150) requestAnimationFrame(step); else done(frames.slice(5)); };"
            + " requestAnimationFrame(step); })";

    private PageBenchmark() {}

    /**
     * @param arguments the number of measurements, the number of photos, and the number of tiles of the bare page,
     * which takes a minute for 100,000
     */
    public static void main(String[] arguments) throws Exception {
        int runs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
        int count = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100_000;
        int bareCount = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 0;
        PhotoIndex photos = SamplePage.photos(count);
        List<double[]> ours = new ArrayList<>();
        List<double[]> bare = new ArrayList<>();
        List<Double> thumbs = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            try (SamplePage sample = new SamplePage();
                    Chromium chromium = new Chromium()) {
                sample.model.show(photos, Extent.WHOLE);
                long began = System.nanoTime();
                Page page = chromium.open(sample.url());
                page.locator(".tile.seen").first().waitFor();
                ours.add(measured(page, (System.nanoTime() - began) / 1e9, "document.getElementById('grid')"));
                String secret = (String) page.evaluate("JSON.parse(sessionStorage.getItem('shoebox')).pictures");
                thumbs.add(thumbnails(page.url(), secret));
                if (bareCount > 0) {
                    bare.add(bare(page, secret, bareCount));
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "| what | usable s | scroll p50 ms | p95 ms | max ms | heap MB | elements |%n|---|---|---|---|---|---|---|%n");
        print("the page, " + count + " photos", ours);
        if (bareCount > 0) {
            print("a bare page, " + bareCount + " tiles", bare);
        }
        thumbs.sort(null);
        System.out.printf(
                Locale.ROOT,
                "%n2,000 thumbnails by 6 connections: %.2f s (%.2f-%.2f)%n",
                thumbs.get(runs / 2),
                thumbs.get(0),
                thumbs.get(runs - 1));
    }

    private static double[] measured(Page page, double usable, String scroller) {
        List<?> frames = (List<?>) page.evaluate(FLING.replace("SCROLLER", scroller));
        double[] sorted = frames.stream()
                .mapToDouble(each -> ((Number) each).doubleValue())
                .sorted()
                .toArray();
        double heap = ((Number) page.evaluate("performance.memory.usedJSHeapSize / 1e6")).doubleValue();
        double elements = ((Number) page.evaluate("document.querySelectorAll('*').length")).doubleValue();
        return new double[] {
            usable,
            sorted[sorted.length / 2],
            sorted[sorted.length * 95 / 100],
            sorted[sorted.length - 1],
            heap,
            elements
        };
    }

    private static double[] bare(Page first, String secret, int count) {
        Page page = first.context().newPage();
        page.navigate(first.url() + "icon.svg");
        long began = System.nanoTime();
        page.evaluate(
                "([secret, count]) => { const root = document.documentElement; root.replaceChildren();"
                        + " const box = document.createElementNS('http://www.w3.org/1999/xhtml', 'div');"
                        + " box.style.cssText = 'overflow:auto;height:800px;width:1220px;position:fixed';"
                        + " for (let i = 0; i < count; i++) { const image = document.createElementNS("
                        + "'http://www.w3.org/1999/xhtml', 'img'); image.loading = 'lazy';"
                        + " image.style.cssText = 'width:150px;height:150px;object-fit:cover;content-visibility:auto';"
                        + " image.src = `/i/${secret}/thumbs/${i}`; box.append(image); }"
                        + " const host = document.createElementNS('http://www.w3.org/2000/svg', 'foreignObject');"
                        + " host.setAttribute('width', '1280'); host.setAttribute('height', '860'); host.append(box);"
                        + " root.append(host); window.box = box; return box.scrollHeight; }",
                Arrays.asList(secret, count));
        double usable = (System.nanoTime() - began) / 1e9;
        double[] result = measured(page, usable, "window.box");
        page.close();
        return result;
    }

    private static double thumbnails(String url, String secret) throws Exception {
        ExecutorService six = Executors.newFixedThreadPool(6);
        long began = System.nanoTime();
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            int first = i;
            all.add(six.submit(() -> {
                HttpClient client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                for (int id = first; id < 2000; id += 6) {
                    client.send(
                            HttpRequest.newBuilder(URI.create(url + "i/" + secret + "/thumbs/" + id))
                                    .build(),
                            HttpResponse.BodyHandlers.ofByteArray());
                }
                return true;
            }));
        }
        for (Future<?> each : all) {
            each.get();
        }
        six.shutdown();
        return (System.nanoTime() - began) / 1e9;
    }

    private static void print(String what, List<double[]> runs) {
        double[] median = new double[runs.get(0).length];
        for (int i = 0; i < median.length; i++) {
            int column = i;
            median[i] = runs.stream().mapToDouble(run -> run[column]).sorted().toArray()[runs.size() / 2];
        }
        System.out.printf(
                Locale.ROOT,
                "| %s | %.2f | %.1f | %.1f | %.1f | %.1f | %.0f |%n",
                what,
                median[0],
                median[1],
                median[2],
                median[3],
                median[4],
                median[5]);
    }
}
