package dev.shoebox.web.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Serves one page to one person's browser on this computer, until it is closed or nobody has viewed the page for a
 * while.
 */
public final class LocalServer implements Closeable {
    private static final String SESSION = "/api/session";
    private static final String PICTURES = "/i/";
    private static final int MOST_THREADS = 256;
    private static final Duration LOOK_FOR_IDLENESS = Duration.ofSeconds(5);

    static {
        // The JDK reads these once, when a process creates its first server. Without the first, headers and body go out
        // in two packets, and each answer waits 40 ms for the acknowledgement of the one before (JDK-6968351).
        property("sun.net.httpserver.nodelay", "true");
        property("sun.net.httpserver.maxReqTime", "20");
        property("sun.net.httpserver.maxReqHeaders", "100");
        property("sun.net.httpserver.maxReqHeaderSize", "65536");
        property("sun.net.httpserver.idleInterval", "30");
        property("sun.net.httpserver.maxIdleConnections", "64");
    }

    private final HttpServer server;
    private final Gate gate;
    private final Secrets secrets;
    private final List<Route> routes;
    private final Feed feed;
    private final Sentences sentences;
    private final ThreadPoolExecutor threads;
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * How the server behaves.
     *
     * @param port 0 for any free port
     * @param codeLifetime how long the launch code stays valid
     * @param idle closes the server when nobody has listened for so long
     */
    public record Settings(int port, Duration codeLifetime, Duration idle) {}

    private LocalServer(HttpServer server, Settings settings, List<Route> routes, Feed feed, Sentences sentences) {
        this.server = server;
        this.sentences = sentences;
        this.routes = List.copyOf(routes);
        this.feed = feed;
        this.gate = new Gate(server.getAddress().getPort());
        this.secrets = new Secrets(settings.codeLifetime(), System::nanoTime);
        AtomicInteger count = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(0, MOST_THREADS, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
            Thread thread = new Thread(work, "shoebox-page-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Starts the server.
     *
     * @param feed the state to publish to all pages
     * @param busy whether work is in progress that must not end because nobody listens
     * @param sentences the texts of refusals
     * @throws IOException if the port is not available
     */
    public static LocalServer start(
            Settings settings, List<Route> routes, Feed feed, BooleanSupplier busy, Sentences sentences)
            throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        HttpServer http = HttpServer.create(new InetSocketAddress(loopback, settings.port()), 0);
        LocalServer server = new LocalServer(http, settings, routes, feed, sentences);
        http.createContext("/", server::answer);
        http.setExecutor(server.threads);
        http.start();
        server.closeWhenIdle(settings.idle(), busy);
        return server;
    }

    /** Returns the address to open in a browser. It works once, and only for a short time. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/#" + secrets.code();
    }

    /** Waits until the server is closed. */
    public void await() throws InterruptedException {
        closed.await();
    }

    @Override
    public void close() {
        feed.close();
        server.stop(0);
        threads.shutdownNow();
        closed.countDown();
    }

    private void closeWhenIdle(Duration idle, BooleanSupplier busy) {
        Duration step = idle.compareTo(LOOK_FOR_IDLENESS) < 0 ? idle : LOOK_FOR_IDLENESS;
        Thread watch = new Thread(
                () -> {
                    try {
                        while (!closed.await(step.toMillis(), TimeUnit.MILLISECONDS)) {
                            if (busy.getAsBoolean()) {
                                feed.touched();
                            } else if (feed.quietNanos() > idle.toNanos()) {
                                close();
                            }
                        }
                    } catch (InterruptedException ended) {
                        Thread.currentThread().interrupt();
                    }
                },
                "shoebox-page-idle");
        watch.setDaemon(true);
        watch.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Sending.guard(exchange);
            try {
                gate.check(exchange);
                Sending.send(exchange, response(exchange));
                feed.touched();
            } catch (Refusal refusal) {
                Sending.refuse(exchange, refusal, sentences, language(exchange));
            }
        }
    }

    private Response response(HttpExchange exchange) throws Refusal, IOException {
        String path = Gate.path(exchange);
        if (path.equals(SESSION)) {
            return session(exchange);
        }
        String method = exchange.getRequestMethod();
        boolean pictures = path.startsWith(PICTURES);
        String rest = pictures ? afterSecret(path) : path;
        boolean known = false;
        for (Route route : routes) {
            if (pictures != (route.guard() == Route.Guard.PICTURES)) {
                continue;
            }
            Optional<List<Integer>> numbers = route.match(rest);
            if (numbers.isEmpty()) {
                continue;
            }
            known = true;
            if (route.method().equals(method) || (route.method().equals("GET") && method.equals("HEAD"))) {
                if (route.guard() == Route.Guard.TOKEN) {
                    requireToken(exchange);
                }
                return ask(route.handler(), new Request(numbers.get(), Gate.body(exchange), language(exchange)));
            }
        }
        throw known ? new Refusal(405, "Not allowed.") : Refusal.notFound();
    }

    private static String language(HttpExchange exchange) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst("Accept-Language"))
                .orElse("");
    }

    private static Response ask(Handler handler, Request request) throws Refusal {
        try {
            return handler.answer(request);
        } catch (IOException unreadable) {
            throw Refusal.later(Sending.LATER);
        } catch (RuntimeException defect) {
            throw Refusal.said(500, "refused.defect", Map.of("what", defect.toString()));
        }
    }

    private Response session(HttpExchange exchange) throws Refusal, IOException {
        if (!exchange.getRequestMethod().equals("POST")) {
            throw new Refusal(405, "Not allowed.");
        }
        if (PeerOwner.isStranger(exchange.getRemoteAddress(), exchange.getLocalAddress())) {
            throw new Refusal(403, "This page was started by another user.");
        }
        Object code = Gate.body(exchange).fields().get("code");
        Secrets.Session session = secrets.exchange(code instanceof String text ? text : "")
                .orElseThrow(() -> new Refusal(403, "This code was already used or has expired."));
        return Response.json(Map.of("token", session.token(), "pictures", session.pictures()));
    }

    private void requireToken(HttpExchange exchange) throws Refusal {
        List<String> said = exchange.getRequestHeaders().getOrDefault("X-Shoebox", List.of());
        if (said.size() != 1 || !secrets.isToken(said.get(0))) {
            throw Refusal.said(403, "closed.todo");
        }
    }

    private String afterSecret(String path) throws Refusal {
        int end = path.indexOf('/', PICTURES.length());
        if (end < 0 || !secrets.isPictures(path.substring(PICTURES.length(), end))) {
            throw Refusal.notFound();
        }
        return path.substring(end);
    }

    private static void property(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
