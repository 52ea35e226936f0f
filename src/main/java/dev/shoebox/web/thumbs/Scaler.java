package dev.shoebox.web.thumbs;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Scales pictures with {@link ScaleProgram}, in a process with limits on memory and time. Scales one picture at a time.
 */
public final class Scaler implements Closeable {
    /** Larger files are not decoded. */
    public static final int LARGEST = 64 << 20;

    private final Duration longest;
    private final ExecutorService reader = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "shoebox-page-scaler");
        thread.setDaemon(true);
        return thread;
    });
    private Process process; // or null

    public Scaler() {
        this(Duration.ofSeconds(15));
    }

    /** @param longest the time limit for one picture */
    Scaler(Duration longest) {
        this.longest = longest;
    }

    /**
     * Returns a small JPEG of a picture, rotated as its Exif orientation says.
     *
     * @return empty if it cannot be decoded within the limits
     * @throws IOException if no process can be started
     */
    public synchronized Optional<byte[]> scale(byte[] picture) throws IOException {
        Process worker = process != null && process.isAlive() ? process : start();
        process = worker;
        Future<byte[]> answer = reader.submit(() -> exchange(worker, picture));
        try {
            byte[] small = answer.get(longest.toMillis(), TimeUnit.MILLISECONDS);
            return small.length == 0
                    ? Optional.empty()
                    : Optional.of(EmbeddedPreview.turned(small, EmbeddedPreview.orientation(picture)));
        } catch (TimeoutException | ExecutionException broken) {
            worker.destroyForcibly();
            process = null;
            return Optional.empty();
        } catch (InterruptedException ended) {
            worker.destroyForcibly();
            process = null;
            Thread.currentThread().interrupt();
            throw new IOException("the page is closed", ended);
        }
    }

    private static byte[] exchange(Process worker, byte[] picture) throws IOException {
        DataOutputStream out = new DataOutputStream(worker.getOutputStream());
        out.writeInt(picture.length);
        out.write(picture);
        out.flush();
        DataInputStream in = new DataInputStream(worker.getInputStream());
        int length = in.readInt();
        if (length < 0 || length > LARGEST) {
            throw new IOException("no picture");
        }
        byte[] small = new byte[length];
        in.readFully(small);
        return small;
    }

    private static Process start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                ScaleProgram.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().removeIf(name -> name.startsWith("JAVA_") || name.startsWith("JDK_"));
        return builder.start();
    }

    @Override
    public synchronized void close() {
        if (process != null) {
            process.destroyForcibly();
        }
        reader.shutdownNow();
    }
}
