package dev.shoebox.photos.fingerprint;

import dev.shoebox.text.Sha256;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

class SlicesDigestTest {
    private static final int SLICE = 10_000;

    private static List<String> expected(String text) {
        List<String> slices = new ArrayList<>();
        for (int from = 0; from < text.length() && text.length() > SLICE; from += SLICE) {
            slices.add(Sha256.hex(text.substring(from, Math.min(text.length(), from + SLICE))));
        }
        return slices;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9_999, 10_000, 10_001, 20_000, 20_001, 35_000})
    void eachSliceOfALongerFileHasItsOwnHashWhateverPiecesItComesIn(int length) {
        String text = "0123456789abcdef!".repeat(3000).substring(0, length);
        for (int piece : new int[] {777, 8192, 50_000}) {
            ContentDigest digest = new ContentDigest(Set.of(), SLICE);
            for (int from = 0; from < length; from += piece) {
                digest.update(ByteBuffer.wrap(text.getBytes(US_ASCII), from, Math.min(piece, length - from)));
                digest = digest.copy();
            }
            ContentDigest.Result result = digest.complete();
            assertEquals(Sha256.hex(text), result.sha256());
            assertEquals(expected(text), result.slices());
        }
    }
}
