package dev.shoebox.cli.browse;

import dev.shoebox.cli.Shell;
import dev.shoebox.cli.Shoebox;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.InterruptHandler;
import dev.shoebox.cli.terminal.TerminalInfo;

import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * {@code shoebox browse --no-open} in this process, with its own home: a tenth of the work of {@link Browsed}, which
 * tests of the process itself use.
 */
final class BrowsedHere implements Closeable {
    private static final int LONGEST_SECONDS = 60;

    private final CompletableFuture<String> url = new CompletableFuture<>();
    private final CompletableFuture<Runnable> interrupt = new CompletableFuture<>();
    private final CompletableFuture<Integer> code;
    private final StringWriter err = new StringWriter();

    /** @param socket the address of usbmuxd */
    BrowsedHere(Path home, String socket, Object... arguments) throws IOException {
        Shell.connectTo(socket);
        StringWriter out = new StringWriter() {
            @Override
            public void flush() {
                toString().lines().findFirst().ifPresent(url::complete);
            }
        };
        Map<String, String> environment = Map.of("HOME", home.toString(), "USBMUXD_SOCKET_ADDRESS", socket);
        Shoebox shoebox = new Shoebox(
                new Console(new PrintWriter(out), new PrintWriter(err), TerminalInfo.ofProcess(environment)),
                new InterruptHandler(interrupt::complete, () -> {}),
                InstantSource.system(),
                environment);
        String[] words = Stream.concat(
                        Stream.of("browse", "--no-open"),
                        Arrays.stream(arguments).map(Object::toString))
                .toArray(String[]::new);
        code = CompletableFuture.supplyAsync(
                () -> run(shoebox, words), task -> new Thread(task, "shoebox-browse").start());
        if (awaited(url).isEmpty()) {
            throw new IOException("it said: " + err);
        }
    }

    private int run(Shoebox shoebox, String... words) {
        try {
            return shoebox.run(words);
        } finally {
            // Nobody waits for the address of a command that has ended.
            url.complete("");
        }
    }

    private <T> T awaited(CompletableFuture<T> event) throws IOException {
        try {
            return event.get(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException never) {
            throw new IOException("it said: " + err, never);
        }
    }

    String url() {
        return url.join();
    }

    /** Ends it like Ctrl-C. */
    @Override
    public void close() throws IOException {
        awaited(interrupt).run();
        if (awaited(code) != 0) {
            throw new IOException("it ended with " + code.join() + " and said: " + err);
        }
    }
}
