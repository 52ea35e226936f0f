package dev.shoebox.device.usbmux;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The few elements of DER (X.690) in certificates and keys. */
public final class Der {
    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int SEQUENCE = 0x30;

    /** {@code sha256WithRSAEncryption}, RFC 8017. */
    static final byte[] SHA256_WITH_RSA =
            sequence(oid(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b), element(0x05));

    /** {@code rsaEncryption}, RFC 8017. */
    static final byte[] RSA = sequence(oid(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01), element(0x05));

    private Der() {}

    static byte[] element(int tag, byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + 6);
        out.write(tag);
        if (length < 0x80) {
            out.write(length);
        } else {
            byte[] digits = BigInteger.valueOf(length).toByteArray();
            int from = digits[0] == 0 ? 1 : 0;
            out.write(0x80 | (digits.length - from));
            out.write(digits, from, digits.length - from);
        }
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    public static byte[] sequence(byte[]... parts) {
        return element(SEQUENCE, parts);
    }

    public static byte[] integer(BigInteger value) {
        return element(INTEGER, value.toByteArray());
    }

    /** @param unused the number of unused bits at the end */
    static byte[] bits(int unused, byte[] bytes) {
        return element(BIT_STRING, new byte[] {(byte) unused}, bytes);
    }

    static byte[] octets(byte[] bytes) {
        return element(0x04, bytes);
    }

    static byte[] utcTime(String time) {
        return element(0x17, time.getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] oid(int... bytes) {
        byte[] content = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            content[i] = (byte) bytes[i];
        }
        return element(0x06, content);
    }

    /**
     * Takes the next element.
     *
     * @param from advanced past the element
     * @return its content, a slice
     * @throws IllegalArgumentException if there is no such element
     */
    static ByteBuffer take(ByteBuffer from, int tag) {
        ByteBuffer content = content(from, tag);
        from.position(from.position() + content.remaining());
        return content;
    }

    /** Takes the next element with its tag and length, whatever it is. */
    static byte[] takeWhole(ByteBuffer from) {
        int start = from.position();
        take(from, tag(from));
        byte[] whole = new byte[from.position() - start];
        from.get(start, whole);
        return whole;
    }

    /** Returns the tag of the next element, without taking it. */
    static int tag(ByteBuffer from) {
        if (!from.hasRemaining()) {
            throw new IllegalArgumentException("cut off");
        }
        return from.get(from.position()) & 0xff;
    }

    private static ByteBuffer content(ByteBuffer from, int tag) {
        if (tag(from) != tag || from.remaining() < 2) {
            throw new IllegalArgumentException("unexpected element");
        }
        from.get();
        int length = from.get() & 0xff;
        if (length >= 0x80) {
            int digits = length & 0x7f;
            if (digits == 0 || digits > 3 || from.remaining() < digits) {
                throw new IllegalArgumentException("unexpected length");
            }
            length = 0;
            for (int i = 0; i < digits; i++) {
                length = (length << 8) | (from.get() & 0xff);
            }
        }
        if (length > from.remaining()) {
            throw new IllegalArgumentException("cut off");
        }
        return from.slice(from.position(), length);
    }
}
