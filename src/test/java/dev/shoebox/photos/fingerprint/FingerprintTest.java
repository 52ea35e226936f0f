package dev.shoebox.photos.fingerprint;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The formula, tested with vectors that another program computed, and the valid forms of a fingerprint. */
class FingerprintTest {
    private static final String OF_ABC = "AYnnoj1r4lMYTs3JP/g7mjGaDCgO";

    private static Fingerprint of(byte[] bytes) {
        var digest = new FingerprintDigest();
        for (int at = 0; at < bytes.length; at += 1000) {
            digest.update(bytes, at, Math.min(1000, bytes.length - at));
        }
        return digest.complete();
    }

    @Test
    void theFormulaIsThatOfPhotos() {
        byte[] many = new byte[256_000];
        for (int i = 0; i < many.length; i++) {
            many[i] = (byte) i;
        }
        assertEquals("AW2cWT2PxzWixMKuuNMTHJ8CJ3sH", of(new byte[0]).text());
        assertEquals(OF_ABC, of("abc".getBytes(StandardCharsets.US_ASCII)).text());
        assertEquals("ATyiHhalZD5TeVRMt8ERUI3xDpAX", of(many).text());
    }

    @Test
    void onlyTextsOfThatShapeAreFingerprints() {
        assertEquals(Optional.of(new Fingerprint(OF_ABC)), Fingerprint.of(OF_ABC));
        for (String other : new String[] {
            "",
            "A",
            OF_ABC + "A",
            OF_ABC.substring(1),
            " " + OF_ABC.substring(1),
            OF_ABC.substring(0, 27) + "=",
            OF_ABC.substring(0, 27) + "*",
            "Ag" + OF_ABC.substring(2),
            "\u0000".repeat(28),
            "é".repeat(28)
        }) {
            assertEquals(Optional.empty(), Fingerprint.of(other), other);
        }
    }

    @Test
    void aClaimIsFoundByItsKeyHoweverManyThereAre() {
        ClaimTable table = new ClaimTable();
        for (int i = 0; i < 5000; i++) {
            table.put("DCIM/100APPLE/IMG_" + i + ".JPG", claim(i));
            table.put(i, claim(i));
        }
        for (int i = 0; i < 5000; i++) {
            assertEquals(Optional.of(claim(i)), table.find("DCIM/100APPLE/IMG_" + i + ".JPG"));
            assertEquals(Optional.of(claim(i)), table.find(i));
        }
        assertEquals(Optional.empty(), table.find("DCIM/100APPLE/IMG_5000.JPG"));
        assertEquals(Optional.empty(), table.find(-1));
    }

    @Test
    void theFirstClaimCountsUnlessItIsReplaced() {
        ClaimTable table = new ClaimTable();
        table.put("a", claim(1));
        table.put("a", claim(2));
        assertEquals(Optional.of(claim(1)), table.find("a"));
        table.set("a", claim(3));
        assertEquals(Optional.of(claim(3)), table.find("a"));
        assertEquals(1, table.size());
    }

    @Test
    void bothOfTwoDifferingFingerprintsCountAndTheStatedSize() {
        ClaimTable table = new ClaimTable();
        for (int i = 0; i < 100; i++) {
            table.add(i, claim(2));
            table.add(i, claim(i));
            table.add(i, claim(5));
            table.add(i, claim(2));
        }
        Claim both = table.find(3).orElseThrow();
        assertEquals(new Claim(claim(2).fingerprint(), Optional.of(claim(3).fingerprint()), OptionalLong.of(3)), both);
        assertTrue(both.isOf(claim(3).fingerprint()) && both.isOf(claim(2).fingerprint()));
        assertFalse(both.isOf(claim(5).fingerprint()));
        assertEquals(
                Optional.of(claim(5).fingerprint()), table.find(2).orElseThrow().other());
        assertEquals(100, table.size());
    }

    @Test
    void theFilesOfAnAssetHaveClaimsOfTheirOwn() {
        ClaimTable table = new ClaimTable();
        table.put(Claims.key(Claims.Part.ORIGINAL, "a/1.HEIC"), claim(1));
        table.put(Claims.key(Claims.Part.FILM, "a/1.HEIC"), claim(2));
        Claims claims = new Claims(table, Map.of("T.C", 2));
        assertEquals(Optional.of(claim(1)), claims.find(Claims.Part.ORIGINAL, "a/1.HEIC"));
        assertEquals(Optional.of(claim(2)), claims.find(Claims.Part.FILM, "a/1.HEIC"));
        assertEquals(Optional.empty(), claims.find(Claims.Part.EDIT, "a/1.HEIC"));
        assertFalse(claims.isEmpty());
        assertTrue(Claims.NONE.isEmpty());
    }

    @Test
    void aLargeFileHasAHashOfEachPart() throws NoSuchAlgorithmException {
        byte[] bytes = new byte[2500];
        new Random(3).nextBytes(bytes);
        for (int length : new int[] {0, 999, 1000, 1001, 2000, 2500}) {
            PartDigest digest = new PartDigest(1000);
            digest.update(bytes, 0, Math.min(length, 700));
            PartDigest other = digest.copy();
            other.update(bytes, 0, 1500);
            digest.update(bytes, Math.min(length, 700), length - Math.min(length, 700));
            StringBuilder expected = new StringBuilder();
            for (int start = 0; start == 0 || start < length; start += 1000) {
                MessageDigest part = MessageDigest.getInstance("SHA-1");
                part.update(bytes, start, Math.min(1000, length - start));
                expected.append(HexFormat.of().formatHex(part.digest()));
            }
            assertEquals(expected.toString(), digest.complete(), length + " bytes");
        }
    }

    private static Claim claim(int number) {
        byte[] bytes = Integer.toString(number).getBytes(StandardCharsets.US_ASCII);
        return new Claim(of(bytes), number % 2 == 0 ? OptionalLong.empty() : OptionalLong.of(number));
    }
}
