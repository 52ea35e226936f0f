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
 * Passes alerts to a program, in its input and its environment.
 *
 * @param command the program and its arguments
 * @param environment the environment of this process
 * @param input what the program reads
 */
record ProgramWay(List<String> command, Map<String, String> environment, Input input) implements AlertWay {
    private static final long PATIENCE_SECONDS = 60;

    /** Produces the input of the program from an alert. */
    interface Input {
        String of(Alert alert);
    }

    /**
     * Returns a channel that runs a shell command of the user. The command reads the text from its input, and finds the
     * rest in {@code SHOEBOX_EVENT} and {@code SHOEBOX_TITLE}.
     */
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
        // A shell of Windows inserts values into a command before it parses it.
        told.put("SHOEBOX_TITLE", File.separatorChar == '\\' ? harmless(alert.title()) : alert.title());
        builder.environment().clear();
        builder.environment().putAll(told);
        Process process = builder.start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.of(alert).getBytes(StandardCharsets.UTF_8));
        } catch (IOException unread) {
            // The program need not read its input; its exit code tells whether it succeeded.
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
