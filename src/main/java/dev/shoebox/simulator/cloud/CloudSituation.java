package dev.shoebox.simulator.cloud;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A situation of iCloud Photos on a simulated phone: healthy, stopped for one cause, or recorded in a way that is hard
 * to read.
 */
public final class CloudSituation {
    private final String name;
    private final String cause;
    private final Consumer<CloudSide> change;

    /**
     * Creates a situation.
     *
     * @param cause the name of the cause, as in {@code shoebox icloud --json}
     * @param change turns a healthy phone into this situation
     */
    CloudSituation(String name, String cause, Consumer<CloudSide> change) {
        this.name = name;
        this.cause = cause;
        this.change = change;
    }

    /** Returns all situations, those with a simple cause first. */
    public static List<CloudSituation> all() {
        return CloudSituations.ALL;
    }

    public static Optional<CloudSituation> named(String name) {
        return all().stream().filter(each -> each.name.equals(name)).findFirst();
    }

    public String name() {
        return name;
    }

    public String cause() {
        return cause;
    }

    /** Returns the files of iCloud Photos in this situation. */
    CloudSide at(Instant now) {
        CloudSide side = new CloudSide(now);
        change.accept(side);
        return side;
    }

    @Override
    public String toString() {
        return name;
    }
}
