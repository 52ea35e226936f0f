package dev.shoebox.schedule;

import java.nio.file.Path;

/**
 * A file by which a system's scheduler learns of a job.
 *
 * @param isForRoot whether only root may put it there
 */
public record ScheduleFile(Path path, String text, boolean isForRoot) {
    ScheduleFile(Path path, String text) {
        this(path, text, false);
    }
}
