package dev.shoebox.phonebackup.crypto;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class KeysTest {
    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    /** RFC 6070 (SHA-1) and RFC 7914 (SHA-256). */
    @ParameterizedTest
    @CsvSource({
        "HmacSHA1, password, salt, 1, 0c60c80f961f0e71f3a9b524af6012062fe037a6",
        "HmacSHA1, password, salt, 4096, 4b007901b765489abead49d926f721d065a429c1",
        "HmacSHA1, passwordPASSWORDpassword, saltSALTsaltSALTsaltSALTsaltSALTsalt, 4096,"
                + "3d2eec4fe41c849b80c8d83662c0e44a8b291a964cf2f07038",
        "HmacSHA256, passwd, salt, 1, 55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"
                + "49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783"
    })
    void derivationGivesThePublishedVectors(String mac, String password, String salt, int rounds, String expected)
            throws Exception {
        byte[] key = KeyDerivation.pbkdf2(
                mac,
                password.getBytes(StandardCharsets.US_ASCII),
                salt.getBytes(StandardCharsets.US_ASCII),
                rounds,
                expected.length() / 2);
        assertEquals(expected, HexFormat.of().formatHex(key));
    }

    @Test
    void derivationMatchesTheJdk() throws Exception {
        String password = "pässwörd €";
        byte[] salt = hex("0011223344");
        byte[] known = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(new PBEKeySpec(password.toCharArray(), salt, 1234, 256))
                .getEncoded();
        assertArrayEquals(
                known, KeyDerivation.pbkdf2("HmacSHA256", password.getBytes(StandardCharsets.UTF_8), salt, 1234, 32));
    }

    /** RFC 3394, section 4.6. */
    @Test
    void unwrappingGivesThePublishedVector() {
        byte[] key = hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
        byte[] wrapped = hex("28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21");
        assertArrayEquals(
                hex("00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f"),
                ClassKeys.unwrap(key, wrapped).orElseThrow());
        wrapped[7] ^= 1;
        assertEquals(Optional.empty(), ClassKeys.unwrap(key, wrapped));
    }

    private static byte[] bag(String... tags) {
        ByteArrayOutputStream bag = new ByteArrayOutputStream();
        for (String tag : tags) {
            byte[] value = hex(tag.substring(5));
            bag.writeBytes(tag.substring(0, 4).getBytes(StandardCharsets.US_ASCII));
            bag.writeBytes(ByteBuffer.allocate(4).putInt(value.length).array());
            bag.writeBytes(value);
        }
        return bag.toByteArray();
    }

    private static byte[] bag(String rounds, String firstRounds) {
        return bag(
                "UUID 00",
                "WRAP 00000001",
                "SALT 0011",
                "ITER " + rounds,
                "DPIC " + firstRounds,
                "DPSL 0022",
                "UUID 01",
                "CLAS 00000003",
                "WRAP 00000002",
                "WPKY " + "00".repeat(40));
    }

    @ParameterizedTest
    @Timeout(5)
    @CsvSource({
        "7fffffff, 00000001",
        "00000001, 7fffffff",
        "ffffffff, 00000001",
        "00000001, ffffffff",
        "00000000, 00000001",
        "00000001, 00000000",
        "00000001, 02faf081",
        "0001, 00000001"
    })
    void absurdNumbersOfRoundsAreRefusedAtOnce(String rounds, String firstRounds) {
        assertThrows(IOException.class, () -> Keybag.of(bag(rounds, firstRounds)));
    }

    @Test
    void malformedKeysAreRefused() throws IOException {
        byte[] good = bag("00000001", "00000001");
        assertEquals(Optional.empty(), Keybag.of(good).unlock(new byte[] {1}));
        for (int length = 0; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThrows(IOException.class, () -> Keybag.of(cut), length + " bytes");
        }
        byte[] endless = good.clone();
        ByteBuffer.wrap(endless).putInt(4, -1);
        assertThrows(IOException.class, () -> Keybag.of(endless));
        assertThrows(IOException.class, () -> Keybag.of(new byte[1 << 20]));
    }
}
