package dev.shoebox.schedule;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line that starts Shoebox.
 *
 * @param first the absolute path of the program, and arguments that must follow it directly
 * @param flags the Java flags; none if the program finds them itself
 * @param last arguments before Shoebox's command
 */
public record StartCommand(List<String> first, List<Flag> flags, List<String> last) {
    private static final String ALL = "all";
    private static final String NOT = "not-";

    /**
     * A Java flag.
     *
     * @param commands {@code all}, one command, or {@code not-} and the one to leave out
     */
    public record Flag(String commands, String flag) {
        boolean isFor(String command) {
            return commands.startsWith(NOT)
                    ? !commands.substring(NOT.length()).equals(command)
                    : commands.equals(ALL) || commands.equals(command);
        }
    }

    /** Creates a command line for a program that needs nothing else. */
    public static StartCommand of(String... words) {
        return new StartCommand(List.of(words), List.of(), List.of());
    }

    /** @param file {@code launch.flags}, which every launcher reads */
    public static List<Flag> flags(Path file) throws IOException {
        List<Flag> flags = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            String[] words = line.strip().split("\\s+", 2);
            if (words.length == 2 && !line.startsWith("#")) {
                flags.add(new Flag(words[0], words[1]));
            }
        }
        return flags;
    }

    List<String> words(String command) {
        List<String> words = new ArrayList<>(first);
        flags.stream().filter(flag -> flag.isFor(command)).map(Flag::flag).forEach(words::add);
        words.addAll(last);
        return words;
    }
}
