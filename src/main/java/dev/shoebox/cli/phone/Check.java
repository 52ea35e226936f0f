package dev.shoebox.cli.phone;

/**
 * One thing that {@code doctor} looked at.
 *
 * @param about the word that docs/json.md has for it
 * @param message what was found, and where it is not fine what to do
 */
public record Check(String about, boolean isFine, String message) {
    static Check fine(String about, String message) {
        return new Check(about, true, message);
    }

    static Check wrong(String about, String message) {
        return new Check(about, false, message);
    }
}
