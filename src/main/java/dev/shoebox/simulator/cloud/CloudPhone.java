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

/** A simulated phone that uses iCloud Photos: its library, the records of iCloud Photos, and its responses. */
public final class CloudPhone {
    private CloudPhone() {}

    /** Creates a phone with the demo library in that situation. */
    public static SimulatedPhone demo(CloudSituation situation, Instant now) throws IOException {
        return of(DemoRoll.develop(), situation, now, settings -> settings.withPaired(true));
    }

    /** Creates a phone with a few small photos of each kind in that situation, which is fast. */
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
