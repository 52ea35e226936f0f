package dev.shoebox.cli.configured;

import picocli.CommandLine.Model.OptionSpec;

import java.util.List;

/**
 * An option of {@code backup} that somebody set elsewhere than on the command line.
 *
 * @param values one, or any number where the option may be repeated
 * @param where for people: {@code SHOEBOX_LAYOUT}, {@code config.toml:3:1}
 */
public record Setting(OptionSpec option, List<String> values, Origin origin, String where) {
    /** What outranks what, the strongest first. */
    public enum Origin {
        ENVIRONMENT,
        PHONE,
        DEFAULTS,
        /** Nobody set it. */
        BUILT_IN
    }
}
