package dev.shoebox.cli.keep;

import dev.shoebox.cli.option.DestinationOption;
import dev.shoebox.cli.option.DeviceOptions;
import dev.shoebox.cli.option.DurationConverter;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.InterruptHandler;
import dev.shoebox.cli.terminal.JsonEvent;
import dev.shoebox.cli.terminal.Progress;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.DestinationFolder;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.proof.Finding;
import dev.shoebox.destination.proof.Verification;
import dev.shoebox.destination.proof.Verification.Sample;
import dev.shoebox.history.RunEnding;
import dev.shoebox.history.RunRecord;
import dev.shoebox.history.RunResult;
import dev.shoebox.history.UnsafeFiles;
import dev.shoebox.run.record.RunHistory;
import dev.shoebox.run.record.RunRecorder;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;

/** {@code shoebox verify DEST}. */
@Command(
        name = "verify",
        header = "Read the backup and find every photo that is missing or has changed since it was copied.",
        description = {"", "Changes no photo and needs no iPhone. Records when each photo was last verified.", ""},
        footer = {
            "",
            "Examples:",
            "  shoebox verify ~/Pictures/iPhone",
            "  shoebox verify --sample 5%% ~/Pictures/iPhone",
            "  shoebox verify --max-time 10m ~/Pictures/iPhone",
            "      Read a part of the backup each time, the files verified longest ago first.",
            "",
            "Without Shoebox: cd ~/Pictures/iPhone && sha256sum -c SHA256SUMS"
        })
public final class VerifyCommand implements Callable<Integer> {
    /** The number of unlisted files to show: some people keep other things beside the backup. */
    private static final int UNLISTED_SHOWN = 10;

    private static final int MOVED_SHOWN = 10;

    @Mixin
    private DestinationOption destination;

    @Option(
            names = "--sample",
            paramLabel = "PERCENT",
            converter = SampleConverter.class,
            description = "Read a random sample of the files, a different one each time, and check that all others"
                    + " exist.")
    private Sample sample = Sample.EVERYTHING;

    @Option(
            names = "--max-time",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Stop reading after this time (30s, 10m, 2h) and check only that the remaining files exist."
                    + " Starts with the files verified longest ago.")
    private Duration longest;

    @Option(
            names = "--oldest-first",
            description = "Start with the files verified longest ago, so that an interrupted verification continues.")
    private boolean oldestFirst;

    @Option(
            names = "--phone",
            description =
                    "Compare the backup with the connected iPhone, which hashes its own files if it supports that; no"
                            + " photo crosses the cable.")
    private boolean withPhone;

    @Mixin
    private DeviceOptions device;

    private final InterruptHandler interrupts;
    private final InstantSource clock;
    private int unlisted;
    private int moved;

    @Mixin
    private final Console console;

    private final RunHistory history;
    private final Path state;
    private final List<RunResult.Item> damaged = new ArrayList<>();

    public VerifyCommand(
            Console console, InterruptHandler interrupts, InstantSource clock, RunHistory history, Path state) {
        this.console = console;
        this.interrupts = interrupts;
        this.clock = clock;
        this.history = history;
        this.state = state;
    }

    @Override
    public Integer call() throws IOException {
        Path root = destination.path();
        var recorder =
                new RunRecorder(RunRecord.Kind.VERIFY, root, console.screen().isUnattended(), clock);
        if (recorder.isScheduled()) {
            history.requireOwnState();
            console.keepLog(state, clock);
        } else {
            // A mistyped folder is not worth a record.
            DestinationFolder.requireSuitable(root, OpenMode.REQUIRE_EXISTING);
        }
        return history.of(recorder, root, () -> verify(root, recorder), RunHistory.Following.NOTHING)
                .number();
    }

    private RunEnding verify(Path root, RunRecorder recorder) throws IOException {
        if (withPhone) {
            return new PhoneVerification(console, interrupts, clock).run(root, device, recorder);
        }
        try (Destination opened = Destination.view(root, OpenMode.REQUIRE_EXISTING)) {
            opened.id().ifPresent(recorder::destination);
            Verification.Result result = read(opened);
            recorder.did(result(result, opened.damaged().size()));
            return conclude(result, root);
        }
    }

    private Verification.Result read(Destination opened) throws IOException {
        try (Progress progress = new Progress(console, "Verifying ...", System::nanoTime)) {
            progress.start();
            var scope = new Verification.Scope(sample, Optional.ofNullable(longest), oldestFirst);
            Verification verification = opened.verification(scope, clock, listener(progress));
            interrupts.onFirst(() -> {
                console.say("Stopping. Files already read are recorded.");
                verification.stop();
            });
            return verification.run();
        }
    }

    private Verification.Listener listener(Progress progress) {
        return new Verification.Listener() {
            @Override
            public void found(Finding finding) {
                report(finding);
            }

            @Override
            public void progress(Verification.Progress now) {
                progress.set(now.files(), now.ofFiles(), now.bytes(), now.ofBytes());
            }
        };
    }

    /** @param known the number of files known to be damaged, which a sample need not include */
    private RunResult result(Verification.Result result, int known) {
        int read = (int) Math.min(Integer.MAX_VALUE, result.read());
        int wrong = (int) Math.min(Integer.MAX_VALUE, Math.max(known, result.damaged()));
        return new RunResult(
                new RunResult.Counts(read, 0, 0, 0, 0, wrong),
                RunResult.Traffic.NONE,
                damaged,
                List.of(),
                UnsafeFiles.NOTHING,
                Optional.empty());
    }

    private void report(Finding finding) {
        if (finding instanceof Finding.Moved moved) {
            movedFile(moved);
        } else if (finding instanceof Finding.Missing) {
            report("missing", finding, "is missing");
        } else if (finding instanceof Finding.Altered) {
            report("altered", finding, "has changed or is damaged");
        } else if (finding instanceof Finding.Unreadable unreadable) {
            report("unreadable", finding, "cannot be read: " + unreadable.reason());
        } else if (finding instanceof Finding.Denied kept) {
            report("denied", finding, kept.reason());
        } else {
            report("unlisted", finding, "is not listed in SHA256SUMS, so it cannot be checked");
        }
    }

    /** Reports a moved file: no damage, and a renamed folder contains many. */
    private void movedFile(Finding.Moved file) {
        if (++moved <= MOVED_SHOWN || console.isVerbose()) {
            console.say(file.path() + " was moved to " + file.to());
        }
        console.event(new JsonEvent("moved").with("path", file.path()).with("to", file.to()));
    }

    private void report(String event, Finding finding, String words) {
        if (!(finding instanceof Finding.Unlisted) || ++unlisted <= UNLISTED_SHOWN || console.isVerbose()) {
            console.warn(finding.path() + " " + words);
        }
        if (!(finding instanceof Finding.Unlisted) && damaged.size() < RunResult.MOST_NAMES) {
            damaged.add(new RunResult.Item(finding.path(), event, words));
        }
        console.event(new JsonEvent(event).with("path", finding.path()).with("message", words));
    }

    private RunEnding conclude(Verification.Result result, Path root) {
        String place = TextFormat.path(root);
        RunEnding code = result.damaged() > 0
                ? RunEnding.DAMAGED
                : result.denied() > 0
                        ? RunEnding.INCOMPLETE
                        : result.interrupted() ? RunEnding.INTERRUPTED : RunEnding.DONE;
        if (!result.pastCache()) {
            console.warn("This disk cannot be read without the computer's cache. To be sure that the disk itself "
                    + "is read, unplug it and plug it in again before you verify.");
        }
        result.unrecorded().ifPresent(why -> console.warn("The result was not recorded: " + why));
        if (unlisted > UNLISTED_SHOWN && !console.isVerbose()) {
            console.warn("and " + TextFormat.count(unlisted - UNLISTED_SHOWN) + " more that are not listed; -v "
                    + "lists them");
        }
        if (result.found().moved() > 0) {
            console.outcome(TextFormat.count(result.found().moved(), "file") + " in " + place
                    + (result.found().moved() == 1
                            ? " was renamed or moved; it is"
                            : " were renamed or moved; they are")
                    + " as copied. " + TextFormat.command("reconcile", root)
                    + ", or the next backup, lists them in SHA256SUMS at their new paths.");
        }
        if (result.denied() > 0) {
            console.warn(TextFormat.count(result.denied(), "file") + " in " + place + " could not be read "
                    + "(permission denied), so "
                    + (result.denied() == 1 ? "it was" : "they were")
                    + " not checked. This is not damage; see above for how to make them readable.");
        }
        verdict(result, root);
        console.event(summary(result, code));
        return code;
    }

    private void verdict(Verification.Result result, Path root) {
        String place = TextFormat.path(root);
        if (result.damaged() > 0) {
            console.warn(bad(result.found()) + " of " + TextFormat.count(result.files(), "file") + " in " + place
                    + (result.damaged() == 1 ? "; it is" : "; they are")
                    + " listed above. " + TextFormat.command("repair", root)
                    + " restores files that the iPhone or a second backup still has."
                    + (result.found().missing() > 0
                            ? " For files that you deleted on purpose: "
                                    + TextFormat.command("forget FILE... --to", root) + "."
                            : ""));
        } else if (result.interrupted()) {
            console.warn("Stopped. Read and intact: " + TextFormat.count(result.read(), "file")
                    + "; --oldest-first continues with the others.");
        } else if (result.denied() > 0) {
            console.warn("Read and intact: " + TextFormat.count(result.read(), "file") + ".");
        } else if (result.read() < result.files()) {
            console.outcome(TextFormat.count(result.read()) + " of " + TextFormat.count(result.files(), "file") + " in "
                    + place + " were read and are intact; all others exist.");
        } else {
            console.outcome(TextFormat.count(result.files(), "file") + " in " + place + ": all files are intact.");
        }
    }

    private static JsonEvent summary(Verification.Result result, RunEnding code) {
        return new JsonEvent("summary")
                .with("exitCode", code.number())
                .with("files", result.files())
                .with("read", result.read())
                .with("bytesRead", result.bytes())
                .with("damaged", result.damaged())
                .with("altered", result.found().altered())
                .with("missing", result.found().missing())
                .with("moved", result.found().moved())
                .with("denied", result.denied())
                .with("unlisted", result.unlisted())
                .with("pastCache", result.pastCache())
                .with("interrupted", result.interrupted())
                .with("remembered", result.unrecorded().isEmpty());
    }

    private static String bad(Verification.Counts found) {
        String damaged = TextFormat.count(found.altered()) + (found.altered() == 1 ? " is damaged" : " are damaged");
        String missing = TextFormat.count(found.missing()) + (found.missing() == 1 ? " is missing" : " are missing");
        return found.missing() == 0 ? damaged : found.altered() == 0 ? missing : damaged + " and " + missing;
    }

    private static final class SampleConverter implements ITypeConverter<Sample> {
        @Override
        public Sample convert(String text) {
            try {
                return new Sample(Double.parseDouble(text.replaceFirst("%$", "")), new Random().nextLong());
            } catch (IllegalArgumentException wrong) {
                throw new TypeConversionException(
                        "'" + text + "' is not a percentage above 0% and up to 100%, such as 5%");
            }
        }
    }
}
