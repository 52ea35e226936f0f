package dev.shoebox.cli.browse;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Opens addresses and folders with the user's preferred programs. */
final class DesktopBrowser {
    private static final int LONGEST_SECONDS = 5;

    private final Map<String, String> environment;
    private final String system;

    DesktopBrowser(Map<String, String> environment) {
        this.environment = environment;
        this.system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    }

    /** Returns whether there is a desktop. */
    boolean isThere() {
        return opener().isPresent();
    }

    /** @return whether a program accepted it */
    boolean open(String address) {
        Optional<List<String>> opener = opener();
        if (opener.isEmpty()) {
            return false;
        }
        List<String> command = java.util.stream.Stream.concat(
                        opener.get().stream(), java.util.stream.Stream.of(address))
                .toList();
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            // Some of them run as long as the browser does.
            return !process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS) || process.exitValue() == 0;
        } catch (IOException none) {
            return false;
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Optional<List<String>> opener() {
        if (system.startsWith("windows")) {
            return Optional.of(List.of("rundll32", "url.dll,FileProtocolHandler"));
        } else if (system.startsWith("mac")) {
            return Optional.of(List.of("open"));
        }
        boolean hasDesktop = !environment.getOrDefault("DISPLAY", "").isEmpty()
                || !environment.getOrDefault("WAYLAND_DISPLAY", "").isEmpty();
        return hasDesktop ? Optional.of(List.of("xdg-open")) : Optional.empty();
    }
}
