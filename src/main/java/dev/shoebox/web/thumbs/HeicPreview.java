package dev.shoebox.web.thumbs;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The small JPEG that a HEIF file may contain: an item of type {@code jpeg} with a reference {@code thmb} to the
 * primary item (ISO/IEC 23008-12, 6.4.4; boxes: ISO/IEC 14496-12, 8.11). iPhones write theirs in HEVC, which is left to
 * {@link HeicDecoder}. Decodes nothing, and checks every length before it is used.
 */
public final class HeicPreview {
    private static final int META = code("meta");
    private static final int PITM = code("pitm");
    private static final int IINF = code("iinf");
    private static final int INFE = code("infe");
    private static final int IREF = code("iref");
    private static final int THMB = code("thmb");
    private static final int ILOC = code("iloc");
    private static final int JPEG = code("jpeg");
    private static final int MOST_BOXES = 16;
    private static final int MOST_ITEMS = 4096;
    private static final int LARGEST_META = 1 << 20;
    private static final int LARGEST = 512 << 10;

    private long primary = -1;
    private final Map<Long, Integer> types = new HashMap<>();
    private final Map<Long, long[]> places = new HashMap<>();
    private final Map<Long, Set<Long>> thumbnailOf = new HashMap<>();

    private HeicPreview() {}

    /** @throws IOException if the file cannot be read */
    public static Optional<byte[]> of(SeekableByteChannel file) throws IOException {
        long size = file.size();
        long at = 0;
        for (int i = 0; i < MOST_BOXES && at + 8 <= size; i++) {
            ByteBuffer header = read(file, at, (int) Math.min(16, size - at));
            long length = header.getInt() & 0xffffffffL;
            int type = header.getInt();
            if (length == 1 && header.remaining() >= 8) {
                length = header.getLong();
            }
            if (length < 8 || length > size - at) {
                return Optional.empty();
            }
            if (type == META) {
                return length > LARGEST_META ? Optional.empty() : in(file, read(file, at, (int) length));
            }
            at += length;
        }
        return Optional.empty();
    }

    private static Optional<byte[]> in(SeekableByteChannel file, ByteBuffer meta) throws IOException {
        HeicPreview items = new HeicPreview();
        try {
            meta.position(12);
            items.boxes(meta);
        } catch (BufferUnderflowException | IllegalArgumentException torn) {
            return Optional.empty();
        }
        for (Map.Entry<Long, Set<Long>> thumbnail : items.thumbnailOf.entrySet()) {
            long[] place = items.places.get(thumbnail.getKey());
            boolean isOurs = thumbnail.getValue().contains(items.primary)
                    && items.types.getOrDefault(thumbnail.getKey(), 0) == JPEG;
            if (isOurs && place != null && place[1] > 0 && place[1] <= LARGEST && place[0] <= file.size() - place[1]) {
                byte[] picture = read(file, place[0], (int) place[1]).array();
                return Optional.of(picture)
                        .filter(bytes -> PictureType.of(bytes).equals(Optional.of(PictureType.JPEG)));
            }
        }
        return Optional.empty();
    }

    private void boxes(ByteBuffer meta) {
        while (meta.remaining() >= 8) {
            int start = meta.position();
            int length = meta.getInt();
            int type = meta.getInt();
            if (length < 8 || length > meta.limit() - start) {
                return;
            }
            ByteBuffer box = meta.duplicate()
                    .position(meta.position())
                    .limit(start + length)
                    .slice();
            if (type == PITM) {
                int version = box.getInt() >>> 24;
                primary = number(box, version == 0 ? 2 : 4);
            } else if (type == IINF) {
                items(box);
            } else if (type == IREF) {
                references(box);
            } else if (type == ILOC) {
                locations(box);
            }
            meta.position(start + length);
        }
    }

    private void items(ByteBuffer box) {
        int version = box.getInt() >>> 24;
        long count = number(box, version == 0 ? 2 : 4);
        for (int i = 0; i < Math.min(count, MOST_ITEMS) && box.remaining() >= 8; i++) {
            int start = box.position();
            int length = box.getInt();
            int type = box.getInt();
            int entry = box.getInt() >>> 24;
            if (type == INFE && entry >= 2) {
                long id = number(box, entry == 2 ? 2 : 4);
                box.getShort();
                types.put(id, box.getInt());
            }
            box.position(start + length);
        }
    }

    private void references(ByteBuffer box) {
        int size = box.getInt() >>> 24 == 0 ? 2 : 4;
        for (int i = 0; i < MOST_ITEMS && box.remaining() >= 8; i++) {
            int start = box.position();
            int length = box.getInt();
            int type = box.getInt();
            long from = number(box, size);
            int count = box.getShort() & 0xffff;
            for (int j = 0; type == THMB && j < Math.min(count, MOST_ITEMS); j++) {
                thumbnailOf.computeIfAbsent(from, id -> new HashSet<>()).add(number(box, size));
            }
            if (length < 8) {
                return;
            }
            box.position(start + length);
        }
    }

    /** Reads the locations of items that are one extent of the file itself. */
    private void locations(ByteBuffer box) {
        int version = box.getInt() >>> 24;
        int sizes = box.getShort() & 0xffff;
        int offsetSize = sizes >>> 12;
        int lengthSize = sizes >>> 8 & 15;
        int baseSize = sizes >>> 4 & 15;
        int indexSize = version == 0 ? 0 : sizes & 15;
        long count = number(box, version < 2 ? 2 : 4);
        for (int i = 0; i < Math.min(count, MOST_ITEMS); i++) {
            long id = number(box, version < 2 ? 2 : 4);
            int method = version == 0 ? 0 : box.getShort() & 15;
            box.getShort();
            long base = number(box, baseSize);
            int extents = box.getShort() & 0xffff;
            for (int j = 0; j < extents; j++) {
                number(box, indexSize);
                long offset = number(box, offsetSize);
                long length = number(box, lengthSize);
                boolean isPlain = method == 0 && extents == 1 && base >= 0 && offset >= 0 && length >= 0;
                if (isPlain && base + offset >= 0) {
                    places.put(id, new long[] {base + offset, length});
                }
            }
        }
    }

    private static long number(ByteBuffer from, int bytes) {
        return switch (bytes) {
            case 0 -> 0;
            case 2 -> from.getShort() & 0xffff;
            case 4 -> from.getInt() & 0xffffffffL;
            case 8 -> from.getLong();
            default -> throw new BufferUnderflowException();
        };
    }

    private static ByteBuffer read(SeekableByteChannel file, long at, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        file.position(at);
        while (buffer.hasRemaining() && file.read(buffer) >= 0) {
            // Read until the buffer is full or the file ends. Missing bytes are zeros.
        }
        return buffer.rewind();
    }

    private static int code(String name) {
        return ByteBuffer.wrap(name.getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                .getInt();
    }
}
