package dev.shoebox.cli.phone;

/**
 * One result of {@code doctor}.
 *
 * @param about the identifier, as in docs/json.md
 * @param message what was found, and what to do about it
 */
public record Check(String about, boolean isFine, String message) {
    static Check fine(String about, String message) {
        return new Check(about, true, message);
    }

    static Check wrong(String about, String message) {
        return new Check(about, false, message);
    }
}
