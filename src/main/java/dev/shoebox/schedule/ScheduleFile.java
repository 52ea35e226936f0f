package dev.shoebox.schedule;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A file by which a system's scheduler learns of a job.
 *
 * @param isForRoot whether only root may put it there
 * @param charset in which its text is written
 */
public record ScheduleFile(Path path, String text, boolean isForRoot, Charset charset) {
    ScheduleFile(Path path, String text) {
        this(path, text, false, StandardCharsets.UTF_8);
    }

    ScheduleFile(Path path, String text, boolean isForRoot) {
        this(path, text, isForRoot, StandardCharsets.UTF_8);
    }

    /** What is to be in it. A file in UTF-16 begins with the mark that tells its order of bytes. */
    public byte[] bytes() {
        return (charset.equals(StandardCharsets.UTF_16LE) ? "\uFEFF" + text : text).getBytes(charset);
    }
}
