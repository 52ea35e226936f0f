package dev.shoebox.run.alert;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program that is given the words on its input, and in its environment.
 *
 * @param command with its words
 * @param environment of this process
 * @param input what it reads
 */
record ProgramWay(List<String> command, Map<String, String> environment, Input input) implements AlertWay {
    private static final long PATIENCE_SECONDS = 60;

    /** What a program reads of an alert. */
    interface Input {
        String of(Alert alert);
    }

    /** A command for the person's shell, which reads the text and finds the rest in {@code SHOEBOX_EVENT} and {@code SHOEBOX_TITLE}. */
    static ProgramWay shell(String command, boolean isWindows, Map<String, String> environment) {
        List<String> words =
                isWindows ? List.of("cmd", "/d", "/s", "/c", '"' + command + '"') : List.of("/bin/sh", "-c", command);
        return new ProgramWay(words, environment, Alert::text);
    }

    @Override
    public void send(Alert alert) throws IOException {
        if (!alert.isForPeople()) {
            return;
        }
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        Map<String, String> told = new HashMap<>(environment);
        told.put("SHOEBOX_EVENT", alert.kind().name().toLowerCase(Locale.ROOT));
        // A shell of Windows puts values into a command before it looks for its own signs.
        told.put("SHOEBOX_TITLE", File.separatorChar == '\\' ? harmless(alert.title()) : alert.title());
        builder.environment().clear();
        builder.environment().putAll(told);
        Process process = builder.start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.of(alert).getBytes(StandardCharsets.UTF_8));
        } catch (IOException unread) {
            // It may do without, and says by its end whether it did.
        }
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("it took longer than " + PATIENCE_SECONDS + " s");
            }
        } catch (InterruptedException stop) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("it was interrupted", stop);
        }
        if (process.exitValue() != 0) {
            throw new IOException("it ended with " + process.exitValue());
        }
    }

    static String harmless(String text) {
        return text.replaceAll("[\"&|<>^%!()\\p{Cntrl}]", "_");
    }
}
