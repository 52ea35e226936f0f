package dev.shoebox.cli.option;

import dev.shoebox.backup.Backup;
import dev.shoebox.backup.event.DateSource;
import dev.shoebox.backup.event.FingerprintUse;
import dev.shoebox.backup.plan.BackupSelection;
import dev.shoebox.backup.transfer.RetryPolicy;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.destination.naming.Layout;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Options on how to copy: where, how fast, and with which verification. */
public final class CopyOptions {
    private static final Duration WAIT_FOR_A_PERSON = Duration.ofMinutes(2);
    private static final Duration WAIT_UNATTENDED = Duration.ofMinutes(10);

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--layout",
            paramLabel = "LAYOUT",
            defaultValue = "month",
            converter = LayoutConverter.class,
            description = "Folders for new photos: day, month, year, flat, or a template"
                    + " of date parts (%%Y %%m %%d ...) and {device} {type}"
                    + " {camera.model} {original_name} {album}, with a default as in"
                    + " {camera.model,unknown}. Default: month (%%Y/%%m).")
    private Layout layout;

    @Option(
            names = "--time-zone",
            paramLabel = "ZONE",
            converter = ZoneConverter.class,
            description = "Time zone of videos that record only UTC, such as Europe/Berlin. Default: the computer's"
                    + " own.")
    private ZoneId zone = ZoneId.systemDefault();

    @Option(
            names = "--wait-for-phone",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Wait this long for an iPhone that is unplugged or locks itself during the run: 30s, 10m,"
                    + " 1h, or 0. Default: 2m, or 10m with SHOEBOX_UNATTENDED=1.")
    private Duration waitForPhone;

    @Option(
            names = "--verify",
            paramLabel = "LEVEL",
            defaultValue = "auto",
            converter = VerifyConverter.class,
            description =
                    "auto (the default): prove files by Photos' fingerprints or the iPhone's own hashes; of the others,"
                            + " reread a sample and files with transfer errors; on removable drives, read every copy back."
                            + " device: read every file from the iPhone twice and compare, which takes twice as long."
                            + " phone: have the iPhone hash every file, if it supports that."
                            + " disk: read every copy back from the disk.")
    private Backup.Verify verify;

    @Option(
            names = "--fingerprints",
            paramLabel = "USE",
            defaultValue = "auto",
            converter = FingerprintsConverter.class,
            description = "How to use the fingerprints that Photos keeps of its files."
                    + " auto (the default): compare them, and do not read files that the backup has by"
                    + " fingerprint, except a sample. check: compare them and read everything, including files"
                    + " recorded by fingerprint alone. off: ignore them.")
    private FingerprintUse fingerprints;

    @Option(
            names = "--limit-rate",
            paramLabel = "RATE",
            converter = RateConverter.class,
            description = "Read at most this many bytes per second: 10M, 500K, or a number. Default: as fast as the"
                    + " cable allows.")
    private Long bytesPerSecond;

    public ZoneId zone() {
        return zone;
    }

    /** Refuses options that need a phone. */
    public void refuseWithout(boolean phone) {
        if (!phone && verify == Backup.Verify.DEVICE) {
            throw refused("--verify device needs an iPhone, and --from replaces it: omit one of the two.");
        }
        if (!phone && verify == Backup.Verify.PHONE) {
            throw refused("--verify phone needs an iPhone, and --from replaces it: omit one of the two.");
        }
    }

    private ParameterException refused(String why) {
        return new ParameterException(command.commandLine(), why);
    }

    /** Returns how long to wait for an absent phone. */
    public RetryPolicy retries(boolean isUnattended) {
        Duration usual = isUnattended ? WAIT_UNATTENDED : WAIT_FOR_A_PERSON;
        return RetryPolicy.waiting(Objects.requireNonNullElse(waitForPhone, usual));
    }

    /**
     * Returns the options of the engine.
     *
     * @param retries what to do while the source is absent
     */
    public Backup.Options options(RetryPolicy retries, BackupSelection wanted, DateSource dates) {
        return new Backup.Options(
                layout,
                zone,
                retries,
                bytesPerSecond == null ? OptionalLong.empty() : OptionalLong.of(bytesPerSecond),
                new Backup.Proving(verify, fingerprints),
                wanted,
                dates);
    }

    private static <T extends Enum<T>> T named(Class<T> type, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> TextFormat.hyphenated(constant).equals(text))
                .findAny()
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is not one of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(TextFormat::hyphenated)
                                .collect(Collectors.joining(", "))));
    }

    private static final class VerifyConverter implements ITypeConverter<Backup.Verify> {
        @Override
        public Backup.Verify convert(String text) {
            return named(Backup.Verify.class, text);
        }
    }

    private static final class FingerprintsConverter implements ITypeConverter<FingerprintUse> {
        @Override
        public FingerprintUse convert(String text) {
            return named(FingerprintUse.class, text);
        }
    }
}
