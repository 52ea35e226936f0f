package dev.shoebox.text;

import java.nio.file.FileSystemException;
import java.util.Locale;
import java.util.Optional;

/** Describes exceptions for people. */
public final class FailureText {
    private FailureText() {}

    /**
     * Returns what happened. The messages of the JDK's file exceptions contain only the file, and the class name says
     * the rest.
     */
    public static String of(Throwable failure) {
        if (failure instanceof FileSystemException file && file.getReason() == null) {
            String kind = failure.getClass().getSimpleName().replace("Exception", "");
            return file.getFile() + ": "
                    + kind.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        }
        return Optional.ofNullable(failure.getMessage()).orElseGet(failure::toString);
    }
}
