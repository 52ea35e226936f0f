package dev.shoebox.plist;

import com.dd.plist.BinaryPropertyListParser;
import com.dd.plist.NSArray;
import com.dd.plist.NSData;
import com.dd.plist.NSDate;
import com.dd.plist.NSDictionary;
import com.dd.plist.NSNumber;
import com.dd.plist.NSObject;
import com.dd.plist.NSString;
import com.dd.plist.UID;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Parses an untrusted property list, binary or XML, into plain values: {@code Map}, {@code List}, {@code Boolean},
 * {@code Long}, {@code Double}, {@code String}, {@code Instant}, {@code byte[]} and {@link Reference}. Limits its size,
 * its depth and the number of its values. Resolves no external entities.
 */
public final class PropertyList {
    /** In bytes; typical lists have a few hundred. */
    public static final int LARGEST = 2 << 20;

    private static final int DEEPEST = 16;
    private static final int MOST_VALUES = 100_000;
    private static final String BINARY = "bplist00";

    private PropertyList() {}

    /** @return empty if the bytes are not a property list, or exceed the limits */
    public static Optional<Object> parse(byte[] bytes) {
        if (bytes.length > LARGEST) {
            return Optional.empty();
        }
        try {
            return isBinary(bytes) ? binary(bytes) : Optional.of(new XmlReader(bytes, DEEPEST, MOST_VALUES).read());
        } catch (XmlReader.MalformedListException none) {
            return Optional.empty();
        }
    }

    private static Optional<Object> binary(byte[] bytes) {
        if (!isModestBinary(bytes)) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(BinaryPropertyListParser.parse(bytes)).map(PropertyList::plain);
        } catch (Exception | StackOverflowError | OutOfMemoryError unreadable) {
            // The parser throws all kinds of exceptions for truncated or forged lists.
            return Optional.empty();
        }
    }

    /** Parses a dictionary; empty if the bytes are something else. */
    @SuppressWarnings("unchecked")
    public static Optional<Map<String, Object>> dictionary(byte[] bytes) {
        return parse(bytes).filter(Map.class::isInstance).map(value -> (Map<String, Object>) value);
    }

    /**
     * Writes the XML form in UTF-8. Takes the values that {@link #parse} returns, except references, and {@code
     * Integer}.
     */
    public static byte[] xml(Map<String, ?> dictionary) {
        return XmlWriter.list(dictionary);
    }

    private static boolean isBinary(byte[] bytes) {
        return bytes.length >= BINARY.length()
                && new String(bytes, 0, BINARY.length(), StandardCharsets.ISO_8859_1).equals(BINARY);
    }

    /** Visits the containers once for each mention, so a list that contains itself exceeds the limit. */
    private static boolean isModestBinary(byte[] bytes) {
        try {
            return new Binary(bytes).isModest();
        } catch (IndexOutOfBoundsException | IllegalArgumentException torn) {
            return false;
        }
    }

    /**
     * The structure of a binary list (CoreFoundation, {@code CFBinaryPList.c}): objects, offsets, and a trailer of 32
     * bytes.
     */
    private static final class Binary {
        private static final int TRAILER = 32;

        private final ByteBuffer bytes;
        private final int offsetSize;
        private final int referenceSize;
        private final long count;
        private final long top;
        private final long offsets;
        private int seen;

        Binary(byte[] list) {
            this.bytes = ByteBuffer.wrap(list);
            int trailer = list.length - TRAILER;
            this.offsetSize = bytes.get(trailer + 6);
            this.referenceSize = bytes.get(trailer + 7);
            this.count = bytes.getLong(trailer + 8);
            this.top = bytes.getLong(trailer + 16);
            this.offsets = bytes.getLong(trailer + 24);
        }

        boolean isModest() {
            return offsetSize >= 1
                    && offsetSize <= 8
                    && referenceSize >= 1
                    && referenceSize <= 8
                    && count >= 1
                    && count <= MOST_VALUES
                    && offsets >= BINARY.length()
                    && offsets <= bytes.capacity() - TRAILER - count * offsetSize
                    && walk(top, 0);
        }

        private boolean walk(long object, int depth) {
            if (++seen > MOST_VALUES || depth > DEEPEST || object < 0 || object >= count) {
                return false;
            }
            int at = Math.toIntExact(number((int) (offsets + object * offsetSize), offsetSize));
            int kind = bytes.get(at) & 0xf0;
            boolean dictionary = kind == 0xd0;
            boolean contains = dictionary || kind == 0xa0 || kind == 0xb0 || kind == 0xc0;
            boolean sized = contains || kind == 0x40 || kind == 0x50 || kind == 0x60 || kind == 0x70;
            if (!sized) {
                return true;
            }
            long length = bytes.get(at) & 0x0f;
            int begin = at + 1;
            if (length == 0x0f) {
                int size = 1 << (bytes.get(begin) & 0x0f);
                if ((bytes.get(begin) & 0xf0) != 0x10 || size > Long.BYTES) {
                    return false;
                }
                length = number(begin + 1, size);
                begin += 1 + size;
            }
            if (length < 0 || length > bytes.capacity()) {
                return false;
            }
            if (!contains) {
                return begin + length <= bytes.capacity();
            }
            for (long i = 0; i < (dictionary ? 2 * length : length); i++) {
                if (!walk(number((int) (begin + i * referenceSize), referenceSize), depth + 1)) {
                    return false;
                }
            }
            return true;
        }

        private long number(int at, int size) {
            long number = 0;
            for (int i = 0; i < size; i++) {
                number = (number << 8) | (bytes.get(at + i) & 0xff);
            }
            return number;
        }
    }

    private static Object plain(NSObject value) {
        if (value instanceof NSDictionary dictionary) {
            Map<String, Object> entries = new LinkedHashMap<>();
            dictionary.getHashMap().forEach((key, entry) -> {
                if (key != null && entry != null) {
                    entries.put(key, plain(entry));
                }
            });
            return entries;
        }
        if (value instanceof NSArray array) {
            List<Object> entries = new ArrayList<>(array.count());
            for (NSObject entry : array.getArray()) {
                if (entry != null) {
                    entries.add(plain(entry));
                }
            }
            return entries;
        }
        if (value instanceof NSNumber number) {
            return number.isBoolean()
                    ? (Object) number.boolValue()
                    : number.isInteger() ? (Object) number.longValue() : (Object) number.doubleValue();
        }
        if (value instanceof NSString string) {
            return string.getContent();
        }
        if (value instanceof NSDate date) {
            return date.getDate().toInstant();
        }
        if (value instanceof UID reference) {
            return Reference.of(reference.getBytes());
        }
        return value instanceof NSData data ? data.bytes() : new byte[0];
    }

    /**
     * A reference to an object in a keyed archive (NSKeyedArchiver).
     *
     * @param object its index among the archive's objects; -1 if invalid
     */
    public record Reference(int object) {
        private static Reference of(byte[] number) {
            long object = 0;
            for (byte digit : number) {
                object = object << 8 | (digit & 0xff);
                if (object > MOST_VALUES) {
                    return new Reference(-1);
                }
            }
            return new Reference((int) object);
        }
    }
}
