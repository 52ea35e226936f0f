package dev.shoebox.cli.export;

import dev.shoebox.archive.ExportListener;
import dev.shoebox.archive.ExportResult;
import dev.shoebox.archive.ExportTarget;
import dev.shoebox.archive.packing.Member;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.JsonEvent;
import dev.shoebox.cli.terminal.Progress;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.history.RunEnding;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** Prints the progress and the outcome of an export. */
final class ExportOutput implements ExportListener, Closeable {
    private static final int NAMES_SHOWN = 20;

    private final Console console;
    private final Path root;
    private final Map<Reason, Integer> leftOut = new EnumMap<>(Reason.class);
    private Progress progress;
    private int converted;
    private int unconverted;
    private long files;
    private long bytes;

    ExportOutput(Console console, Path root) {
        this.console = console;
        this.root = root;
        this.progress = fresh();
    }

    private Progress fresh() {
        return new Progress(console, "Scanning the backup ...", System::nanoTime);
    }

    @Override
    public void leftOut(Member member, Reason reason, String why) {
        int before = leftOut.values().stream().mapToInt(Integer::intValue).sum();
        leftOut.merge(reason, 1, Integer::sum);
        if (before < NAMES_SHOWN || console.isVerbose()) {
            console.warn(member.path() + " is not in the export: it " + why);
        }
        console.event(new JsonEvent("not-exported")
                .with("path", member.path())
                .with("reason", TextFormat.hyphenated(reason))
                .with("message", why));
    }

    /** A HEIC was exported unchanged. */
    void unconverted(Member photo, String why) {
        if (unconverted++ < NAMES_SHOWN || console.isVerbose()) {
            console.warn(photo.path() + " is exported unchanged, not as a JPEG: it " + why);
        }
        console.event(new JsonEvent("not-converted").with("path", photo.path()).with("message", why));
    }

    /** @param count the number of HEICs converted to JPEGs */
    void converted(int count) {
        converted = count;
    }

    @Override
    public void begins(Phase phase, long count, long size) {
        close();
        files = count;
        bytes = size;
        console.say(phase == Phase.WRITING ? "Writing the export ..." : "Reading it back ...");
        progress = fresh();
        progress.start();
    }

    @Override
    public void progress(long filesDone, long bytesDone) {
        progress.set(filesDone, files, Math.min(bytes, bytesDone), bytes);
    }

    @Override
    public void close() {
        progress.close();
    }

    /** Prints the outcome, with the verdict as the last line. */
    RunEnding concluded(ExportResult result, ExportTarget target) {
        RunEnding ending = ending(result);
        int missing = leftOut.values().stream().mapToInt(Integer::intValue).sum();
        if (missing > NAMES_SHOWN && !console.isVerbose()) {
            console.warn(TextFormat.count(missing - NAMES_SHOWN, "more file") + " could not be exported; -v lists all");
        }
        if (!result.pastCache()) {
            console.warn("This disk cannot be read without the computer's cache. Before you rely on the "
                    + "export, eject the disk, plug it in again and check SHA256SUMS.");
        }
        for (ExportResult.Part part : result.parts()) {
            console.outcome(
                    TextFormat.path(target.folder().resolve(part.name())) + "  " + TextFormat.bytes(part.bytes()));
            console.event(new JsonEvent("part")
                    .with("path", target.folder().resolve(part.name()).toString())
                    .with("bytes", part.bytes())
                    .with("files", part.files()));
        }
        if (converted + unconverted > 0 && !result.stopped()) {
            String jpegs = TextFormat.count(converted, "HEIC") + (converted == 1 ? " is a JPEG" : " are JPEGs")
                    + " in the export";
            if (unconverted == 0) {
                console.outcome(jpegs + ".");
            } else {
                console.warn(jpegs + "; " + TextFormat.count(unconverted) + " could not be converted and "
                        + (unconverted == 1 ? "is" : "are") + " in it as HEIC.");
            }
        }
        String whole = TextFormat.count(result.files(), "file") + ", " + TextFormat.bytes(result.bytes());
        if (ending == RunEnding.INTERRUPTED) {
            console.warn("Stopped; nothing was left in " + TextFormat.path(target.folder()) + ".");
        } else if (missing > 0) {
            console.warn(whole + " are exported and were read back; " + TextFormat.count(missing, "file")
                    + (missing == 1 ? ", named above, is" : ", named above, are") + " not in the export. "
                    + TextFormat.command("verify", root) + " and " + TextFormat.command("repair", root)
                    + " find and repair what they can.");
        } else {
            console.outcome(whole
                    + (converted + unconverted == 0
                            ? ": exported, read back, and identical to the backup."
                            : ": exported and read back."));
        }
        console.event(new JsonEvent("summary")
                .with("exitCode", ending.number())
                .with("files", result.files())
                .with("bytes", result.bytes())
                .with("parts", result.parts().size())
                .with("damaged", count(Reason.DAMAGED) + count(Reason.UNREADABLE))
                .with("missing", count(Reason.MISSING))
                .with("denied", count(Reason.DENIED))
                .with("unnameable", count(Reason.NAME))
                .with("converted", converted)
                .with("unconverted", unconverted)
                .with("pastCache", result.pastCache()));
        return ending;
    }

    private RunEnding ending(ExportResult result) {
        if (result.stopped()) {
            return RunEnding.INTERRUPTED;
        }
        if (count(Reason.DAMAGED) + count(Reason.UNREADABLE) + count(Reason.MISSING) > 0) {
            return RunEnding.DAMAGED;
        }
        return leftOut.isEmpty() && unconverted == 0 ? RunEnding.DONE : RunEnding.INCOMPLETE;
    }

    private int count(Reason reason) {
        return leftOut.getOrDefault(reason, 0);
    }
}
