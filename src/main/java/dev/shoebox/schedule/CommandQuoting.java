package dev.shoebox.schedule;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Quotes command lines for different systems. */
final class CommandQuoting {
    private CommandQuoting() {}

    /** Returns the command that backs up and exits. */
    static List<String> ofBackup(Job job) {
        return words(job, List.of(), "backup", "--scheduled");
    }

    /** Returns the command that keeps running, and backs up when an iPhone is connected. */
    static List<String> ofWatch(Job job) {
        return words(job, List.of(), "watch");
    }

    /**
     * Returns a command line.
     *
     * @param before words between those that start Shoebox and its command
     * @param arguments starts with the command
     */
    static List<String> words(Job job, List<String> before, String... arguments) {
        return Stream.of(
                        job.shoebox().words(arguments[0]).stream(),
                        before.stream(),
                        Stream.of(arguments),
                        job.profile().stream())
                .flatMap(words -> words)
                .toList();
    }

    /** Quotes text inside an element. Drops characters that XML cannot contain: no path of a working system has one. */
    static String xml(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\t', '\n', '\r' -> safe.append(String.format(Locale.ROOT, "&#%d;", point));
                default -> {
                    if (point >= ' ' && point != 0xfffe && point != 0xffff && !isSurrogate(point)) {
                        safe.appendCodePoint(point);
                    }
                }
            }
        });
        return safe.toString();
    }

    private static boolean isSurrogate(int point) {
        return Character.getType(point) == Character.SURROGATE;
    }

    /** Quotes a word for a POSIX shell. */
    static String shell(String word) {
        return word.matches("[A-Za-z0-9_/.,:=@+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** Quotes a word for a program on Windows (the rules of {@code CommandLineToArgvW}). */
    static String windows(String word) {
        if (!word.isEmpty() && word.matches("[^\\s\"]+")) {
            return word;
        }
        String escaped = word.replaceAll("(\\\\*)\"", "$1$1\\\\\"").replaceAll("(\\\\+)$", "$1$1");
        return '"' + escaped + '"';
    }
}
