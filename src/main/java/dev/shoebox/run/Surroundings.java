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
 * The computer that a run meets.
 *
 * @param environment of the process
 * @param supplies the folder in which the system tells of batteries
 * @param mounts the tops of what is mounted
 */
public record Surroundings(
        InstantSource clock, Notices notices, Map<String, String> environment, Path supplies, List<Path> mounts) {
    /** This computer. */
    public static Surroundings here(InstantSource clock, Notices notices, Map<String, String> environment) {
        return new Surroundings(clock, notices, environment, Power.LINUX, Drives.mounted());
    }

    /** Where Shoebox keeps its own things here. */
    public AppDirectories places() {
        return AppDirectories.of(environment);
    }

    Path state() {
        return places().state();
    }
}
