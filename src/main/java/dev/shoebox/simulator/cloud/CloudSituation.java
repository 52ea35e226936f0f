package dev.shoebox.simulator.cloud;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** How iCloud Photos stands on a simulated phone: healthy, stopped for one cause, or noted in a way that is hard to read. */
public final class CloudSituation {
    private final String name;
    private final String cause;
    private final Consumer<CloudSide> change;

    /**
     * @param cause the word for what is wrong, as {@code shoebox icloud --json} has it
     * @param change from a healthy phone
     */
    CloudSituation(String name, String cause, Consumer<CloudSide> change) {
        this.name = name;
        this.cause = cause;
        this.change = change;
    }

    /** Every one, the causes first. */
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

    /** What a phone in this situation has, besides its photos. */
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
