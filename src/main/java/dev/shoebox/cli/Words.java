package dev.shoebox.cli;

import java.math.BigDecimal;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Figures and names as people read them. */
final class Words {
    private static final String[] UNITS = {"bytes", "kB", "MB", "GB", "TB", "PB", "EB"};

    private static final Pattern BYTE_COUNT = Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?)([KkMmGg]?)");

    private static final Pattern TIME_SPAN = Pattern.compile("(\\d{1,6})([smhd]?)");

    private Words() {}

    /** Powers of 1000, as phones, disks and file managers count: {@code 3.2 GB}. */
    static String bytes(long count) {
        double value = count;
        int unit = 0;
        while (Math.abs(value) >= 999.95 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        if (unit == 0) {
            return count == 1 ? "1 byte" : count + " bytes";
        }
        return String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }

    /** What people mean by {@code 10M}, {@code 1.5m}, {@code 500K} or {@code 250000}; empty if it is no such figure. */
    static Optional<Long> byteCount(String text) {
        Matcher figure = BYTE_COUNT.matcher(text);
        if (!figure.matches()) {
            return Optional.empty();
        }
        int thousands = " kmg".indexOf(figure.group(2).toLowerCase(Locale.ROOT));
        BigDecimal count = new BigDecimal(figure.group(1)).scaleByPowerOfTen(3 * thousands);
        return Optional.of(count.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue());
    }

    /** What people mean by {@code 90s}, {@code 10m}, {@code 1h}, {@code 8d}, {@code 0} or {@code 30} (seconds); else empty. */
    static Optional<Duration> timeSpan(String text) {
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

    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** {@code 1 file}, {@code 1,204 files}. */
    static String count(long count, String one) {
        return count(count) + " " + one + (count == 1 ? "" : "s");
    }

    /** {@code 8 s}, {@code 2 min}, {@code 1 h 5 min}: no finer than anybody waits for. */
    static String duration(Duration duration) {
        long seconds = Math.max(0, (duration.toMillis() + 500) / 1000);
        if (seconds < 90) {
            return seconds + " s";
        }
        long minutes = (seconds + 30) / 60;
        if (minutes < 60) {
            return minutes + " min";
        }
        return minutes / 60 + " h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + " min");
    }

    /** {@code 3 days}, and below two days as {@link #duration}: how long ago something was. */
    static String age(Duration age) {
        return age.toDays() < 2 ? duration(age) : count(age.toDays(), "day");
    }

    /** The path with the home folder as {@code ~}. */
    static String path(Path path) {
        Path whole = path.toAbsolutePath().normalize();
        Path home = Path.of(System.getProperty("user.home", "/")).toAbsolutePath();
        if (home.getNameCount() == 0 || !whole.startsWith(home)) {
            return whole.toString();
        }
        return whole.equals(home)
                ? "~"
                : Path.of("~").resolve(home.relativize(whole)).toString();
    }

    /** What happened. Java's own failures of files say which file and leave the rest to the name of their class. */
    static String failure(Throwable failure) {
        if (failure instanceof FileSystemException file && file.getReason() == null) {
            String kind = failure.getClass().getSimpleName().replace("Exception", "");
            return file.getFile() + ": "
                    + kind.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        }
        return Optional.ofNullable(failure.getMessage()).orElseGet(failure::toString);
    }

    /** The words of an enum's constant as JSON spells them: {@code read-error}. */
    static String hyphenated(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Text that may hold a name from a phone, made safe for a terminal: whatever could move the cursor, change colours
     * or turn the reading direction shows as {@code \}{@code u....}.
     */
    static String printable(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            int type = Character.getType(point);
            boolean shows = type != Character.CONTROL
                    && type != Character.FORMAT
                    && type != Character.LINE_SEPARATOR
                    && type != Character.PARAGRAPH_SEPARATOR
                    && type != Character.SURROGATE;
            if (shows || isJoiner(point)) {
                safe.appendCodePoint(point);
            } else {
                safe.append(String.format(Locale.ROOT, "\\u%04x", point));
            }
        });
        return safe.toString();
    }

    /** Zero-width joiners hold emoji and some scripts together and do no harm. */
    private static boolean isJoiner(int point) {
        return point == 0x200C || point == 0x200D;
    }
}
