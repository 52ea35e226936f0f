package dev.shoebox.run.record;

import dev.shoebox.archive.ArchiveException;
import dev.shoebox.config.ConfigurationException;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.history.RunEnding;
import dev.shoebox.photos.source.SourceException;
import dev.shoebox.schedule.NothingToDoNow;
import dev.shoebox.schedule.ScheduleException;
import dev.shoebox.system.ExhaustedException;
import dev.shoebox.text.FailureText;

import java.io.IOException;
import java.util.Map;

/** Maps exceptions to the ending of a command. No other class does. */
public final class Failures {
    private static final Map<Class<? extends IOException>, RunEnding> ENDINGS = Map.ofEntries(
            Map.entry(ArchiveException.Refused.class, RunEnding.BAD_USAGE),
            Map.entry(ArchiveException.Full.class, RunEnding.DESTINATION_FULL),
            Map.entry(ArchiveException.Lost.class, RunEnding.DESTINATION_LOST),
            Map.entry(ArchiveException.SourceChanged.class, RunEnding.SOURCE_LOST),
            Map.entry(ConfigurationException.class, RunEnding.BAD_USAGE),
            Map.entry(ScheduleException.class, RunEnding.BAD_USAGE),
            Map.entry(NothingToDoNow.class, RunEnding.NOTHING_TO_DO_NOW),
            Map.entry(DeviceException.LibraryMissing.class, RunEnding.BAD_USAGE),
            Map.entry(DeviceException.NotPermitted.class, RunEnding.BAD_USAGE),
            Map.entry(DeviceException.NoPhone.class, RunEnding.NOTHING_TO_DO_NOW),
            Map.entry(DeviceException.Ambiguous.class, RunEnding.BAD_USAGE),
            Map.entry(DeviceException.Locked.class, RunEnding.PHONE_REFUSES),
            Map.entry(DeviceException.NotTrusted.class, RunEnding.PHONE_REFUSES),
            Map.entry(DeviceException.ServiceRefused.class, RunEnding.PHONE_REFUSES),
            Map.entry(DeviceException.Lost.class, RunEnding.SOURCE_LOST),
            Map.entry(DestinationException.Absent.class, RunEnding.NOTHING_TO_DO_NOW),
            Map.entry(DestinationException.NotAShoebox.class, RunEnding.NOT_A_SHOEBOX),
            Map.entry(DestinationException.Newer.class, RunEnding.NOT_A_SHOEBOX),
            Map.entry(DestinationException.InUse.class, RunEnding.DESTINATION_IN_USE),
            Map.entry(DestinationException.Full.class, RunEnding.DESTINATION_FULL),
            Map.entry(DestinationException.Lost.class, RunEnding.DESTINATION_LOST),
            Map.entry(DestinationException.Disordered.class, RunEnding.DAMAGED),
            Map.entry(DestinationException.NoNativeCode.class, RunEnding.BAD_USAGE),
            Map.entry(HookException.class, RunEnding.HOOK_FAILED),
            Map.entry(SourceException.Absent.class, RunEnding.NOTHING_TO_DO_NOW),
            Map.entry(SourceException.Encrypted.class, RunEnding.PHONE_REFUSES),
            Map.entry(SourceException.Lost.class, RunEnding.SOURCE_LOST));

    private Failures() {}

    /** Loads this class and the classes it needs: later there may be no file handles left for that. */
    public static void prepare() {
        ending(new IllegalStateException());
    }

    /**
     * Returns how a command ends on a failure. An unexpected exception is a defect, whatever its class: failures of a
     * disk, a phone or a user are wrapped where they arise, with a sentence.
     */
    public static RunEnding ending(Throwable failure) {
        if (ExhaustedException.behind(failure).isPresent()) {
            return RunEnding.EXHAUSTED;
        }
        return ENDINGS.getOrDefault(failure.getClass(), RunEnding.BUG);
    }

    /** Whether the failure has an ending of its own. */
    static boolean isExpected(Class<?> failure) {
        return ENDINGS.containsKey(failure);
    }

    /** Returns what happened, for the user. */
    public static String words(Throwable failure) {
        return ExhaustedException.behind(failure)
                .map(ExhaustedException::getMessage)
                .orElseGet(() -> FailureText.of(failure));
    }
}
