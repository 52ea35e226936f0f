package dev.shoebox.device.apps;

import java.util.regex.Pattern;

/**
 * The phone refuses a request about its apps; everything else on it can be used as before. The message is one line that
 * says what happened and what to do.
 */
public final class AppRefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9 ._-]{1,60}");

    private AppRefusedException(String message) {
        super(message, null, false, false);
    }

    /** @param word the error of house arrest (libimobiledevice, {@code house_arrest.h}); untrusted text */
    static AppRefusedException of(String word) {
        return new AppRefusedException(
                switch (word) {
                    case "ApplicationLookupFailed" -> "The iPhone reports that the app is not installed.";
                    case "InstallationLookupFailed" ->
                        "The iPhone reports that the app shares no documents or is no longer installed.";
                    default ->
                        "The iPhone refuses" + (WORD.matcher(word).matches() ? " (" + word + ")" : "")
                                + ". Unlock it and run again; if that does not help, restart the iPhone.";
                });
    }

    static AppRefusedException nonsense() {
        return new AppRefusedException(
                "The iPhone sent an invalid answer. Restart the iPhone, then run the command again.");
    }
}
