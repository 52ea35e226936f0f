package dev.shoebox.simulator.cloud;

import dev.shoebox.simulator.library.DemoRoll;
import dev.shoebox.simulator.library.GeneratedLibrary;
import dev.shoebox.simulator.library.GeneratedRoll;
import dev.shoebox.simulator.library.GeneratedTree;
import dev.shoebox.simulator.phone.PhoneSettings;
import dev.shoebox.simulator.phone.SimulatedPhone;

import java.io.IOException;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** A simulated phone that uses iCloud Photos: its library, what iCloud Photos noted on it, and how it answers about that. */
public final class CloudPhone {
    private CloudPhone() {}

    /** A phone with the photos to look at, in that situation. */
    public static SimulatedPhone demo(CloudSituation situation, Instant now) throws IOException {
        return of(DemoRoll.develop(), situation, now, settings -> settings.withPaired(true));
    }

    /** A phone with some photos of each kind, quickly made, in that situation. */
    public static SimulatedPhone small(CloudSituation situation, Instant now) throws IOException {
        return of(
                GeneratedRoll.develop(GeneratedLibrary.empty(3)
                        .with(GeneratedLibrary.Part.PHOTO, 40, 2000)
                        .with(GeneratedLibrary.Part.VIDEO, 4, 20_000)),
                situation,
                now,
                settings -> settings.withPaired(true));
    }

    public static SimulatedPhone of(
            GeneratedTree tree, CloudSituation situation, Instant now, UnaryOperator<PhoneSettings> changed)
            throws IOException {
        CloudSide side = situation.at(now);
        side.fill(tree);
        SimulatedPhone phone = new SimulatedPhone(changed.apply(side.settings(PhoneSettings.of(tree))));
        side.apply(phone.faults());
        return phone;
    }
}
