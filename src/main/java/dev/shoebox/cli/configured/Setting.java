package dev.shoebox.cli.configured;

import picocli.CommandLine.Model.OptionSpec;

import java.util.List;

/**
 * An option of {@code backup} that is set outside the command line.
 *
 * @param values one, or any number if the option may be repeated
 * @param where the place for people: {@code SHOEBOX_LAYOUT}, {@code config.toml:3:1}
 */
public record Setting(OptionSpec option, List<String> values, Origin origin, String where) {
    /** Precedence, the strongest first. */
    public enum Origin {
        ENVIRONMENT,
        PHONE,
        DEFAULTS,
        /** The default. */
        BUILT_IN
    }
}
