package dev.shoebox.text;

import java.nio.file.FileSystemException;
import java.util.Locale;
import java.util.Optional;

/** What an exception says, for people. */
public final class FailureText {
    private FailureText() {}

    /** What happened. The JDK's exceptions of files name the file and leave the rest to the name of their class. */
    public static String of(Throwable failure) {
        if (failure instanceof FileSystemException file && file.getReason() == null) {
            String kind = failure.getClass().getSimpleName().replace("Exception", "");
            return file.getFile() + ": "
                    + kind.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        }
        return Optional.ofNullable(failure.getMessage()).orElseGet(failure::toString);
    }
}
