package dev.shoebox.phonebackup.crypto;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The keys of a backup, one for each protection class, wrapped with the password. A sequence of four-letter tags,
 * lengths and values; the second {@code UUID} starts the first class, and each further one another class. The structure
 * and the derivation follow several public programs, and are tested with the vectors published by pyiosbackup.
 */
public final class Keybag {
    /** In bytes; an iPhone's has about 1,500. */
    private static final int LARGEST = 64 << 10;

    private static final int MOST_CLASSES = 64;
    private static final int MOST_SALT = 1 << 10;
    private static final int KEY_LENGTH = 32;

    /**
     * An iPhone uses 10,000,000 iterations for the first derivation and 10,000 for the second, which take less than a
     * minute.
     */
    private static final int MOST_ROUNDS = 50_000_000;

    /**
     * The value of {@code WRAP} if the key is wrapped with the password, rather than with the iPhone's own key only.
     */
    private static final int WITH_PASSWORD = 2;

    /** A protection class and its wrapped key. */
    private static final class ClassKey {
        private final int number;
        private final byte[] wrapped;

        ClassKey(int number, byte[] wrapped) {
            this.number = number;
            this.wrapped = wrapped;
        }
    }

    private final byte[] salt;
    private final int rounds;
    private final byte[] firstSalt; // or null
    private final int firstRounds;
    private final List<ClassKey> classes;

    private final byte[] bytes;

    private Keybag(byte[] bytes, Map<String, byte[]> header, List<ClassKey> classes) throws IOException {
        this.bytes = bytes.clone();
        this.salt = salt(header, "SALT");
        this.rounds = rounds(header, "ITER");
        // Since iOS 10.2, another derivation comes first. The tags tell, not the version.
        boolean isDoubled = header.containsKey("DPSL") && header.containsKey("DPIC");
        this.firstSalt = isDoubled ? salt(header, "DPSL") : null;
        this.firstRounds = isDoubled ? rounds(header, "DPIC") : 0;
        this.classes = classes;
    }

    /**
     * @throws IOException with a one-line message for people, if it is malformed or asks for an excessive number of
     * iterations
     */
    public static Keybag of(byte[] bytes) throws IOException {
        if (bytes.length > LARGEST) {
            throw malformed("it is too long");
        }
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        Map<String, byte[]> header = new HashMap<>();
        List<ClassKey> classes = new ArrayList<>();
        Map<String, byte[]> now = header;
        while (rest.remaining() >= 2 * Integer.BYTES) {
            byte[] tag = new byte[Integer.BYTES];
            rest.get(tag);
            int length = rest.getInt();
            if (length < 0 || length > rest.remaining()) {
                throw malformed("it is cut short");
            }
            byte[] value = new byte[length];
            rest.get(value);
            String name = new String(tag, StandardCharsets.US_ASCII);
            if (name.equals("UUID") && now.containsKey(name)) {
                add(now, classes);
                now = new HashMap<>();
            }
            now.put(name, value);
        }
        add(now, classes);
        if (classes.isEmpty()) {
            throw malformed("it has no keys protected by a password");
        }
        return new Keybag(bytes, header, classes);
    }

    private static void add(Map<String, byte[]> tags, List<ClassKey> classes) {
        int number = number(tags, "CLAS");
        byte[] wrapped = tags.getOrDefault("WPKY", new byte[0]);
        boolean opens = (number(tags, "WRAP") & WITH_PASSWORD) != 0 && wrapped.length == KEY_LENGTH + Long.BYTES;
        if (number >= 0 && opens && classes.size() < MOST_CLASSES) {
            classes.add(new ClassKey(number, wrapped));
        }
    }

    /** Returns -1 if absent. */
    private static int number(Map<String, byte[]> tags, String name) {
        byte[] value = tags.getOrDefault(name, new byte[0]);
        return value.length == Integer.BYTES ? ByteBuffer.wrap(value).getInt() : -1;
    }

    private static byte[] salt(Map<String, byte[]> header, String name) throws IOException {
        byte[] salt = header.getOrDefault(name, new byte[0]);
        if (salt.length == 0 || salt.length > MOST_SALT) {
            throw malformed("its " + name + " is missing");
        }
        return salt;
    }

    private static int rounds(Map<String, byte[]> header, String name) throws IOException {
        int rounds = number(header, name);
        if (rounds < 1 || rounds > MOST_ROUNDS) {
            throw malformed("its " + name + " asks for " + Integer.toUnsignedString(rounds) + " rounds, which no "
                    + "iPhone uses");
        }
        return rounds;
    }

    private static IOException malformed(String why) {
        return new IOException("The keys of the backup (BackupKeyBag in Manifest.plist) cannot be read: " + why
                + ". Try another copy of the backup.");
    }

    /**
     * Unwraps the keys, which takes seconds.
     *
     * @param password in UTF-8; at least one byte
     * @return empty if the password is wrong
     */
    public Optional<ClassKeys> unlock(byte[] password) {
        try {
            byte[] secret = firstSalt != null
                    ? KeyDerivation.pbkdf2("HmacSHA256", password, firstSalt, firstRounds, KEY_LENGTH)
                    : password;
            byte[] key = KeyDerivation.pbkdf2("HmacSHA1", secret, salt, rounds, KEY_LENGTH);
            Map<Integer, byte[]> opened = new HashMap<>();
            for (ClassKey each : classes) {
                ClassKeys.unwrap(key, each.wrapped).ifPresent(found -> opened.put(each.number, found));
            }
            return opened.isEmpty() ? Optional.empty() : Optional.of(new ClassKeys(opened));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java has these algorithms", impossible);
        }
    }

    /** Returns whether it has the same keys, wrapped with the same password. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Keybag keybag && Arrays.equals(bytes, keybag.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "keybag of " + classes.size() + " classes";
    }
}
