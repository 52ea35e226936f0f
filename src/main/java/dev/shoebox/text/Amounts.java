package dev.shoebox.text;

import java.time.Duration;
import java.util.Locale;
import java.util.stream.LongStream;

/** Formats figures for people. */
public final class Amounts {
    private static final String[] UNITS = {"bytes", "kB", "MB", "GB", "TB", "PB", "EB"};

    private Amounts() {}

    /** Returns the sum of sizes, none negative, saturated at {@link Long#MAX_VALUE}. */
    public static long sum(LongStream sizes) {
        return sizes.reduce(0, (sum, size) -> size > Long.MAX_VALUE - sum ? Long.MAX_VALUE : sum + size);
    }

    /** Formats bytes with powers of 1000, as phones, disks and file managers do: {@code 3.2 GB}. */
    public static String bytes(long count) {
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

    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** Formats a count: {@code 1 file}, {@code 1,204 files}. */
    public static String count(long count, String one) {
        return count(count) + " " + one + (count == 1 ? "" : "s");
    }

    /** Formats a duration: {@code 8 s}, {@code 2 min}, {@code 1 h 5 min}. */
    public static String duration(Duration duration) {
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

    /** Formats an age: {@code 3 days}; below two days as {@link #duration}. */
    public static String age(Duration age) {
        return age.toDays() < 2 ? duration(age) : count(age.toDays(), "day");
    }
}
