package dev.shoebox.simulator.wire;

import com.dd.plist.NSDictionary;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;

/** Length-prefixed property lists on a wire, as lockdownd and most services exchange them. */
public final class PropertyListFrames {
    private PropertyListFrames() {}

    /** @throws EOFException if the client leaves, or announces an excessive length */
    public static NSDictionary read(Wire wire) throws IOException {
        ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
        wire.fill(length);
        int size = length.flip().getInt();
        if (size < 0 || size > PropertyLists.LONGEST_MESSAGE) {
            throw new EOFException();
        }
        ByteBuffer body = ByteBuffer.allocate(size);
        wire.fill(body);
        return PropertyLists.dictionary(body.array());
    }

    public static void write(Wire wire, Map<String, Object> message) throws IOException {
        byte[] body = PropertyLists.xml(message);
        wire.write(ByteBuffer.allocate(Integer.BYTES + body.length)
                .putInt(body.length)
                .put(body)
                .flip());
    }
}
