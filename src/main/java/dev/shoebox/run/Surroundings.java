package dev.shoebox.run;

import dev.shoebox.run.record.Notices;
import dev.shoebox.system.AppDirectories;
import dev.shoebox.system.Drives;
import dev.shoebox.system.process.Power;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * The computer on which a run takes place.
 *
 * @param environment the environment variables of the process
 * @param supplies the folder in which Linux describes power supplies
 * @param mounts the mount points
 */
public record Surroundings(
        InstantSource clock, Notices notices, Map<String, String> environment, Path supplies, List<Path> mounts) {
    /** Returns this computer. */
    public static Surroundings here(InstantSource clock, Notices notices, Map<String, String> environment) {
        return new Surroundings(clock, notices, environment, Power.LINUX, Drives.mounted());
    }

    /** Returns the folders of Shoebox on this computer. */
    public AppDirectories places() {
        return AppDirectories.of(environment);
    }

    Path state() {
        return places().state();
    }
}
