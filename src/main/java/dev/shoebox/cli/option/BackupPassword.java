package dev.shoebox.cli.option;

import dev.shoebox.cli.terminal.TerminalInfo;
import dev.shoebox.phonebackup.crypto.ClassKeys;
import dev.shoebox.phonebackup.crypto.Keybag;
import dev.shoebox.photos.source.SourceException;
import dev.shoebox.text.FailureText;
import picocli.CommandLine.Option;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The password of an encrypted iPhone backup: read from a file, or typed without echo. It is not kept. The keys that it
 * unlocks stay in memory until the process ends, so that nobody is asked twice.
 */
public final class BackupPassword {
    private static final String WAY_ON =
            " It is the password that was chosen in Finder, iTunes or Apple Devices for local backups, "
                    + "perhaps with an earlier"
                    + " iPhone. It cannot be recovered; for what else you can do, see README, \"My iPhone is dead\".";

    /** In bytes. */
    private static final int LONGEST = 4096;

    private static final int TRIES = 3;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description =
                    "With --from and an encrypted backup of an iPhone: read its password from the first line of this"
                            + " file. Default: ask for it on the terminal.")
    private Path file;

    private Keybag unlocked; // or null
    private boolean isRefused;
    private ClassKeys keys; // or null

    /**
     * Unlocks the keys of a backup.
     *
     * @param say receives a message that this takes a while
     * @throws SourceException.Encrypted if the password is unknown or wrong
     */
    ClassKeys unlock(Keybag keybag, Consumer<String> say) throws IOException {
        if (keys == null || !keybag.equals(unlocked)) {
            keys = opened(keybag, say);
            unlocked = keybag;
        }
        return keys;
    }

    private ClassKeys opened(Keybag keybag, Consumer<String> say) throws IOException {
        if (file != null) {
            return keys(keybag, read(file), say)
                    .orElseThrow(() -> new SourceException.Encrypted(
                            "The password in " + file + " does not open the backup of the iPhone." + WAY_ON));
        }
        Optional<Console> terminal = TerminalInfo.canType() ? Optional.ofNullable(System.console()) : Optional.empty();
        for (int tries = 0; terminal.isPresent() && !isRefused && tries < TRIES; tries++) {
            char[] typed = terminal.get().readPassword("Password of the iPhone's backup: ");
            if (typed == null || typed.length == 0) {
                break;
            }
            Optional<ClassKeys> opened = keys(keybag, utf8(CharBuffer.wrap(typed)), say);
            Arrays.fill(typed, ' ');
            if (opened.isPresent()) {
                return opened.get();
            }
            say.accept("This is not the password of the backup.");
        }
        // The page opens the source repeatedly, but must not ask repeatedly.
        isRefused = true;
        throw new SourceException.Encrypted(
                "The backup of the iPhone is encrypted. Write its password into a file that only you can "
                        + "read and pass it with --password-file, or run this on a terminal and type it." + WAY_ON);
    }

    private static Optional<ClassKeys> keys(Keybag keybag, byte[] password, Consumer<String> say) {
        say.accept("Opening the encrypted backup. This takes a few seconds.");
        Optional<ClassKeys> opened = keybag.unlock(password);
        Arrays.fill(password, (byte) 0);
        return opened;
    }

    /** Returns the first line. On Windows, editors and shells may write a byte order mark, or UTF-16. */
    private static byte[] read(Path path) throws IOException {
        byte[] all;
        try (InputStream in = Files.newInputStream(path)) {
            all = in.readNBytes(LONGEST + 1);
        } catch (IOException failed) {
            throw new SourceException.Encrypted("The password file cannot be read: " + FailureText.of(failed));
        }
        CharBuffer text = charset(all).decode(ByteBuffer.wrap(all));
        Arrays.fill(all, (byte) 0);
        int start = text.length() > 0 && text.charAt(0) == '\ufeff' ? 1 : 0;
        int end = start;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        if (end == start || end > LONGEST) {
            throw new SourceException.Encrypted("The first line of " + path + " is "
                    + (end == start ? "empty" : "too long") + ": it should be the password of the backup.");
        }
        return utf8(text.subSequence(start, end));
    }

    private static Charset charset(byte[] bytes) {
        boolean wide = bytes.length >= 2;
        if (wide && bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xfe) {
            return StandardCharsets.UTF_16LE;
        }
        return wide && bytes[0] == (byte) 0xfe && bytes[1] == (byte) 0xff
                ? StandardCharsets.UTF_16BE
                : StandardCharsets.UTF_8;
    }

    private static byte[] utf8(CharBuffer text) {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(text);
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return bytes;
    }
}
