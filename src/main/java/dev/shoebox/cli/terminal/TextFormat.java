package dev.shoebox.cli.terminal;

import dev.shoebox.photos.CaptureTime;
import dev.shoebox.run.record.Failures;
import dev.shoebox.text.Amounts;
import dev.shoebox.text.PrintableText;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Formats figures and names for people. */
public final class TextFormat {
    private static final Pattern BYTE_COUNT = Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?)([KkMmGg]?)");

    private static final Pattern TIME_SPAN = Pattern.compile("(\\d{1,6})([smhd]?)");

    private TextFormat() {}

    public static String bytes(long count) {
        return Amounts.bytes(count);
    }

    public static String count(long count) {
        return Amounts.count(count);
    }

    public static String count(long count, String one) {
        return Amounts.count(count, one);
    }

    public static String duration(Duration duration) {
        return Amounts.duration(duration);
    }

    public static String age(Duration age) {
        return Amounts.age(age);
    }

    /** Parses {@code 10M}, {@code 1.5m}, {@code 500K} or {@code 250000}; empty if it is something else. */
    public static Optional<Long> byteCount(String text) {
        Matcher figure = BYTE_COUNT.matcher(text);
        if (!figure.matches()) {
            return Optional.empty();
        }
        int thousands = " kmg".indexOf(figure.group(2).toLowerCase(Locale.ROOT));
        BigDecimal count = new BigDecimal(figure.group(1)).scaleByPowerOfTen(3 * thousands);
        return Optional.of(count.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue());
    }

    /**
     * Parses {@code 90s}, {@code 10m}, {@code 1h}, {@code 8d}, {@code 0} or {@code 30} (seconds); empty if it is
     * something else.
     */
    public static Optional<Duration> timeSpan(String text) {
        Matcher figure = TIME_SPAN.matcher(text);
        if (!figure.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(figure.group(1));
        return Optional.of(
                switch (figure.group(2)) {
                    case "m" -> Duration.ofMinutes(count);
                    case "h" -> Duration.ofHours(count);
                    case "d" -> Duration.ofDays(count);
                    default -> Duration.ofSeconds(count);
                });
    }

    /** Returns the path with the home folder as {@code ~}, except on Windows. */
    public static String path(Path path) {
        return PrintableText.path(path);
    }

    /** Returns a command for the backup in a folder, quoted for typing. */
    public static String command(String name, Path root) {
        return "'shoebox " + name + " " + typed(root) + "'";
    }

    private static String typed(Path root) {
        return root.getFileSystem().getSeparator().equals("\\") ? typedOnWindows(root) : typedInShell(root);
    }

    private static String typedInShell(Path root) {
        String path = path(root);
        return path.matches("[\\p{L}\\p{N}._~/:@%+,=-]+")
                ? path
                : '"' + root.toAbsolutePath().normalize().toString().replaceAll("[\"\\\\$`]", "\\\\$0") + '"';
    }

    /** A backslash is itself there, except in front of a quotation mark ({@code CommandLineToArgvW}). */
    private static String typedOnWindows(Path root) {
        String path = path(root);
        return path.matches("[\\p{L}\\p{N}._:+=\\\\-]+") ? path : '"' + path.replaceAll("\\\\$", "$0$0") + '"';
    }

    /** @param why why one of them may not be read */
    public static String denied(int files, String why) {
        return count(files, "file") + (files == 1 ? " is" : " are") + " in the backup but cannot be read "
                + "(permission denied), so it is unknown whether " + (files == 1 ? "it is" : "they are") + " safe: "
                + why + ".";
    }

    /** @param files the number of files known to be damaged or missing in the backup */
    public static String damage(int files, Path root) {
        return count(files, "file") + " in this backup " + (files == 1 ? "was" : "were")
                + " damaged or missing when last looked at: " + command("repair", root)
                + " brings " + (files == 1 ? "it" : "them") + " from the iPhone or a second backup.";
    }

    /**
     * Describes damage in a second copy, which a run does not repair.
     *
     * @param files the number of files known to be damaged or missing there
     */
    public static String damageInCopy(int files, Path copy, Path first) {
        return count(files, "file") + " there " + (files == 1 ? "was" : "were")
                + " damaged or missing when last looked at: " + command("repair --from " + typed(first), copy)
                + " restores " + (files == 1 ? "it." : "them.");
    }

    /** Describes files whose checksum in {@code SHA256SUMS} differs from the recorded one. */
    public static String contradicted(int files, Path root) {
        return "SHA256SUMS lists " + count(files, "file") + " with another checksum than "
                + (files == 1 ? "it was" : "they were")
                + " stored with: " + command("repair", root) + " reads " + (files == 1 ? "it" : "them")
                + " and corrects what is wrong.";
    }

    /** Describes a failure for people. */
    public static String failure(Throwable failure) {
        return Failures.words(failure);
    }

    /** Returns the name of an enum constant as JSON spells it: {@code read-error}. */
    public static String hyphenated(Enum<?> constant) {
        return PrintableText.hyphenated(constant);
    }

    /** Makes text that may contain a name from a phone safe for a terminal. */
    public static String printable(String text) {
        return PrintableText.of(text);
    }

    public static String photos(long count) {
        return count == 1 ? "1 photo or video" : count(count) + " photos and videos";
    }

    public static String iso(CaptureTime time) {
        return time.local().format(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
                + time.offset().map(Object::toString).orElse("");
    }

    /** Joins a path and a message about it, unless the message starts with the path. */
    public static String about(String path, String message) {
        return message.startsWith(path) ? message : path + ": " + message;
    }
}
