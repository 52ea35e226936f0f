package dev.shoebox.schedule;

import java.io.IOException;

/** The system's scheduler is missing, or a file is in the way. The message says what to do. */
public final class ScheduleException extends IOException {
    public ScheduleException(String message) {
        super(message);
    }
}
