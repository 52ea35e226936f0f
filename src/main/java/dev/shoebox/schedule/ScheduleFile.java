package dev.shoebox.schedule;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A file that defines a job for a system's scheduler.
 *
 * @param isForRoot whether only root may put it in place
 * @param charset the encoding of its text
 */
public record ScheduleFile(Path path, String text, boolean isForRoot, Charset charset) {
    ScheduleFile(Path path, String text) {
        this(path, text, false, StandardCharsets.UTF_8);
    }

    ScheduleFile(Path path, String text, boolean isForRoot) {
        this(path, text, isForRoot, StandardCharsets.UTF_8);
    }

    /** Returns its contents. UTF-16 starts with a byte order mark. */
    public byte[] bytes() {
        return (charset.equals(StandardCharsets.UTF_16LE) ? "\uFEFF" + text : text).getBytes(charset);
    }
}
