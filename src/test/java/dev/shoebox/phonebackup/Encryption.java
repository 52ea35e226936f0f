package dev.shoebox.phonebackup;

import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/** Encrypts a generated backup as an iPhone does. It shares no code with the reader. */
final class Encryption {
    private static final byte[] SALT = HexFormat.of().parseHex("00112233445566778899aabbccddeeff01234567");
    private static final byte[] FIRST_SALT = HexFormat.of().parseHex("fedcba98765432100123456789abcdef89abcdef");
    private static final int[] CLASSES = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};

    private final String password;
    private final int firstRounds;
    private final int rounds;
    private int fileClass = 3;
    private int said;

    /** @param firstRounds of the first derivation; 0 for none, as before iOS 10.2 */
    Encryption(String password, int firstRounds, int rounds) {
        this.password = password;
        this.firstRounds = firstRounds;
        this.said = firstRounds;
        this.rounds = rounds;
    }

    /** Every file has this protection class. */
    Encryption inClass(int number) {
        fileClass = number;
        return this;
    }

    /** The number of rounds of the first derivation that the keys claim. */
    Encryption asking(int roundsSaid) {
        said = roundsSaid;
        return this;
    }

    private static byte[] key(String seed) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(seed.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] passwordKey() throws GeneralSecurityException {
        byte[] secret = password.getBytes(StandardCharsets.UTF_8);
        if (firstRounds > 0) {
            secret = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(password.toCharArray(), FIRST_SALT, firstRounds, 256))
                    .getEncoded();
        }
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(secret, "HmacSHA1"));
        byte[] derived = new byte[40];
        for (int block = 1; block <= 2; block++) {
            mac.update(SALT);
            byte[] step = mac.doFinal(ByteBuffer.allocate(4).putInt(block).array());
            byte[] sum = step.clone();
            for (int i = 1; i < rounds; i++) {
                step = mac.doFinal(step);
                for (int k = 0; k < sum.length; k++) {
                    sum[k] ^= step[k];
                }
            }
            System.arraycopy(sum, 0, derived, (block - 1) * 20, 20);
        }
        return Arrays.copyOf(derived, 32);
    }

    byte[] keybag() throws GeneralSecurityException {
        ByteArrayOutputStream bag = new ByteArrayOutputStream();
        put(bag, "VERS", number(5));
        put(bag, "TYPE", number(1));
        put(bag, "UUID", new byte[16]);
        put(bag, "HMCK", new byte[40]);
        put(bag, "WRAP", number(1));
        put(bag, "SALT", SALT);
        put(bag, "ITER", number(rounds));
        if (firstRounds > 0) {
            put(bag, "DPWT", number(1));
            put(bag, "DPIC", number(said));
            put(bag, "DPSL", FIRST_SALT);
        }
        byte[] passwordKey = passwordKey();
        for (int number : CLASSES) {
            put(bag, "UUID", key("uuid" + number));
            put(bag, "CLAS", number(number));
            put(bag, "WRAP", number(2));
            put(bag, "KTYP", number(0));
            put(bag, "WPKY", wrap(passwordKey, key("class" + number)));
        }
        return bag.toByteArray();
    }

    private static void put(ByteArrayOutputStream bag, String tag, byte[] value) {
        bag.writeBytes(tag.getBytes(StandardCharsets.US_ASCII));
        bag.writeBytes(number(value.length));
        bag.writeBytes(value);
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    private static byte[] wrap(byte[] with, byte[] key) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AESWrap");
        cipher.init(Cipher.WRAP_MODE, new SecretKeySpec(with, "AES"));
        return cipher.wrap(new SecretKeySpec(key, "AES"));
    }

    private static byte[] wrapped(int number, byte[] key) throws GeneralSecurityException {
        return ByteBuffer.allocate(44)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(number)
                .put(wrap(key("class" + number), key))
                .array();
    }

    byte[] manifestKey() throws GeneralSecurityException {
        return wrapped(4, key("manifest"));
    }

    byte[] manifest(byte[] plain) throws GeneralSecurityException {
        return encrypt("manifest", plain);
    }

    byte[] keyOf(String fileId) throws GeneralSecurityException {
        return wrapped(fileClass, key(fileId));
    }

    byte[] file(String fileId, byte[] plain) throws GeneralSecurityException {
        return encrypt(fileId, plain);
    }

    private static byte[] encrypt(String seed, byte[] plain) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key(seed), "AES"), new IvParameterSpec(new byte[16]));
        return cipher.doFinal(plain);
    }
}
