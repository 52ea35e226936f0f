package dev.shoebox.run.alert;

import dev.shoebox.history.RunEnding;
import dev.shoebox.history.RunRecord;
import dev.shoebox.history.RunSummary;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.run.record.Notices;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Notifies the user on the desktop and over the configured channels. If a channel fails, a warning names it and the run
 * is not affected: the history has the same information.
 */
public final class Alerts implements Notices {
    private final Notices desktop;
    private final AlertWays known;
    private final Supplier<List<String>> configured;
    private final Consumer<String> warn;

    /** Null if the run has no channels of its own. */
    private List<String> ofThisRun;

    /**
     * @param configured the channels that belong to no run in particular; read when there is something to send
     * @param warn receives a line on each channel that failed
     */
    public Alerts(Notices desktop, AlertWays known, Supplier<List<String>> configured, Consumer<String> warn) {
        this.desktop = desktop;
        this.known = known;
        this.configured = configured;
        this.warn = warn;
    }

    @Override
    public void tellBy(List<String> ways) {
        ofThisRun = List.copyOf(ways);
    }

    @Override
    public void tell(String title, String text) {
        desktop.tell(title, text);
        send(new Alert(Alert.Kind.ALARM, title, text)).forEach(warn);
    }

    @Override
    public void over(String title, String text) {
        desktop.tell(title, text);
        send(new Alert(Alert.Kind.OVER, title, text)).forEach(warn);
    }

    @Override
    public void begins() {
        send(new Alert(Alert.Kind.BEGIN, "A backup begins", "")).forEach(warn);
    }

    @Override
    public void ended(RunRecord run) {
        RunEnding how = run.how().orElse(RunEnding.BUG);
        if (how != RunEnding.NOTHING_TO_DO_NOW) {
            String title = run.source().map(SourceId::name).orElse("The iPhone") + ": "
                    + RunSummary.of(run).headline();
            String why = run.message().orElse("");
            send(new Alert(run.isGood() ? Alert.Kind.SUCCESS : Alert.Kind.FAILURE, title, why))
                    .forEach(warn);
        }
    }

    /** The result of a test message, for each channel. */
    public record Tried(String way, Optional<String> failure) {}

    /** Returns the kinds of the configured channels, which show no secret. */
    public List<String> names() {
        return ways().stream().map(AlertWays::name).toList();
    }

    /** Sends a test message over each channel. */
    public List<Tried> test() {
        Alert test = new Alert(
                Alert.Kind.TEST,
                "Shoebox test message",
                "If you can read this, you will also get alerts about backups.");
        return ways().stream()
                .map(way -> new Tried(AlertWays.name(way), failure(way, test)))
                .toList();
    }

    private List<String> ways() {
        return ofThisRun == null ? configured.get() : ofThisRun;
    }

    private List<String> send(Alert alert) {
        List<String> failures = new ArrayList<>();
        for (String way : ways()) {
            failure(way, alert)
                    .ifPresent(
                            why -> failures.add("The alert could not be sent by " + AlertWays.name(way) + ": " + why));
        }
        return failures;
    }

    private Optional<String> failure(String way, Alert alert) {
        try {
            known.of(way).send(alert);
            return Optional.empty();
        } catch (IOException | RuntimeException failed) {
            return Optional.of(String.valueOf(failed.getMessage()));
        }
    }
}
