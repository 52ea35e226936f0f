package dev.shoebox.run.alert;

import dev.shoebox.system.OperatingSystem;
import dev.shoebox.system.process.Programs;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Creates channels from their configured form: {@code ntfy:FILE}, {@code ping:FILE}, {@code mail:ADDRESS},
 * {@code smtp:FILE}, {@code command:COMMAND}.
 */
public final class AlertWays {
    /** Where mail systems install it; often not on the path of a user. */
    private static final List<Path> SENDMAIL = List.of(Path.of("/usr/sbin/sendmail"), Path.of("/usr/lib/sendmail"));

    private final OperatingSystem system;
    private final Map<String, String> environment;
    private final Path home;
    private final InstantSource clock;

    public AlertWays(OperatingSystem system, Map<String, String> environment, Path home, InstantSource clock) {
        this.system = system;
        this.environment = environment;
        this.home = home;
        this.clock = clock;
    }

    /** Returns the mistake in a configured channel, as far as its text shows; empty if there is none. */
    public static Optional<String> complaint(String written) {
        int colon = written.indexOf(':');
        String kind = colon < 0 ? "" : written.substring(0, colon);
        return List.of("ntfy", "ping", "mail", "smtp", "command").contains(kind) && colon + 1 < written.length()
                ? Optional.empty()
                : Optional.of("'" + written
                        + "' is not an alert channel. Use ntfy:FILE, ping:FILE, mail:ADDRESS, "
                        + "smtp:FILE or command:COMMAND");
    }

    /** Returns the kind of a configured channel, which shows no secret. */
    static String name(String written) {
        return written.replaceFirst("(?s):.*", "");
    }

    AlertWay of(String written) throws IOException {
        String rest = written.substring(written.indexOf(':') + 1);
        return switch (name(written)) {
            case "ntfy" -> new NtfyWay(secrets(rest));
            case "ping" -> new PingWay(secrets(rest));
            case "mail" -> sendmail(rest);
            case "smtp" -> new SmtpWay(secrets(rest), clock);
            case "command" -> ProgramWay.shell(rest, system == OperatingSystem.WINDOWS, environment);
            default -> throw new IOException("there is no such channel");
        };
    }

    private SecretFile secrets(String text) throws IOException {
        return SecretFile.read(
                system.isBelowHome(text) ? home.resolve(text.substring(Math.min(2, text.length()))) : Path.of(text));
    }

    private AlertWay sendmail(String to) throws IOException {
        Path program = new Programs(environment)
                .find("sendmail")
                .or(() -> SENDMAIL.stream()
                        .filter(java.nio.file.Files::isExecutable)
                        .findFirst())
                .orElseThrow(
                        () -> new IOException("sendmail is not installed: install a mail system (msmtp-mta is a small "
                                + "one), or use smtp:FILE"));
        return new ProgramWay(List.of(program.toString(), "-t", "-i"), environment, alert -> new Mail(
                        Optional.empty(), to, clock.instant())
                .text(alert));
    }
}
