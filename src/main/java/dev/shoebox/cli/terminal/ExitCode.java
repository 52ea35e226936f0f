package dev.shoebox.cli.terminal;

import dev.shoebox.config.ConfigurationException;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.history.RunRecord;
import dev.shoebox.photos.source.ExhaustedException;
import dev.shoebox.schedule.NothingToDoNow;
import dev.shoebox.schedule.ScheduleException;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Map;

/** How the command ends, as docs/exit-codes.md lists it. The only place that says what a failure means to the caller. */
public enum ExitCode {
    DONE(0),
    BUG(1),
    BAD_USAGE(2),
    INCOMPLETE(3),
    DAMAGED(4),
    TOO_OLD(5),
    UNTOLD(6),
    NOT_A_SHOEBOX(10),
    DESTINATION_IN_USE(11),
    PHONE_REFUSES(12),
    DESTINATION_FULL(13),
    SOURCE_LOST(14),
    DESTINATION_LOST(15),
    HOOK_FAILED(16),
    AFTER_HOOK_FAILED(RunRecord.AFTER_HOOK_FAILED),
    /** The computer has too few file handles or too little memory left. */
    EXHAUSTED(18),
    NOTHING_TO_DO_NOW(75),
    INTERRUPTED(130);

    private static final Map<Class<? extends IOException>, ExitCode> FAILURES = Map.ofEntries(
            Map.entry(ConfigurationException.class, BAD_USAGE),
            Map.entry(ScheduleException.class, BAD_USAGE),
            Map.entry(NothingToDoNow.class, NOTHING_TO_DO_NOW),
            Map.entry(DeviceException.LibraryMissing.class, BAD_USAGE),
            Map.entry(DeviceException.NotPermitted.class, BAD_USAGE),
            Map.entry(DeviceException.NoPhone.class, NOTHING_TO_DO_NOW),
            Map.entry(DeviceException.Ambiguous.class, BAD_USAGE),
            Map.entry(DeviceException.Locked.class, PHONE_REFUSES),
            Map.entry(DeviceException.NotTrusted.class, PHONE_REFUSES),
            Map.entry(DeviceException.ServiceRefused.class, PHONE_REFUSES),
            Map.entry(DeviceException.Lost.class, SOURCE_LOST),
            Map.entry(DestinationException.Absent.class, NOTHING_TO_DO_NOW),
            Map.entry(DestinationException.NotAShoebox.class, NOT_A_SHOEBOX),
            Map.entry(DestinationException.InUse.class, DESTINATION_IN_USE),
            Map.entry(DestinationException.Full.class, DESTINATION_FULL),
            Map.entry(DestinationException.Lost.class, DESTINATION_LOST),
            Map.entry(DestinationException.NoNativeCode.class, BAD_USAGE),
            Map.entry(HookException.class, HOOK_FAILED),
            Map.entry(NoSuchFileException.class, NOTHING_TO_DO_NOW));

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** Any other {@link IOException} comes from a folder or archive that is read in place of a phone. */
    public static ExitCode of(Throwable failure) {
        if (ExhaustedException.behind(failure).isPresent()) {
            return EXHAUSTED;
        }
        return FAILURES.getOrDefault(failure.getClass(), failure instanceof IOException ? SOURCE_LOST : BUG);
    }

    /** Whether the failure is one of those that have a code of their own. */
    static boolean isExpected(Class<?> failure) {
        return FAILURES.containsKey(failure);
    }
}
