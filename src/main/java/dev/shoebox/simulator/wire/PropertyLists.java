package dev.shoebox.simulator.wire;

import com.dd.plist.BinaryPropertyListWriter;
import com.dd.plist.NSDictionary;
import com.dd.plist.NSObject;
import com.dd.plist.PropertyListParser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Property lists as usbmuxd and lockdownd exchange them. Input is limited in length and cannot name other files. */
public final class PropertyLists {
    /** All messages of both protocols are much shorter: a pair record is about 10 KB. */
    public static final int LONGEST_MESSAGE = 1 << 20;

    private PropertyLists() {}

    /** Writes XML from maps, lists, strings, numbers, dates and bytes. */
    public static byte[] xml(Object content) {
        return NSObject.fromJavaObject(content).toXMLPropertyList().getBytes(StandardCharsets.UTF_8);
    }

    /** Writes the same in Apple's binary format. */
    public static byte[] binary(Object content) {
        try {
            return BinaryPropertyListWriter.writeToArray(NSObject.fromJavaObject(content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IOException if the bytes are not a dictionary, or are XML that declares entities */
    public static NSDictionary dictionary(byte[] bytes) throws IOException {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        boolean binary = text.startsWith("bplist");
        if (!binary && (!text.stripLeading().startsWith("<") || text.contains("<!ENTITY") || text.indexOf(0) >= 0)) {
            throw new IOException("Not a property list that a phone would accept");
        }
        try {
            if (PropertyListParser.parse(bytes) instanceof NSDictionary dictionary) {
                return dictionary;
            }
        } catch (Exception | StackOverflowError e) {
            throw new IOException("Unreadable property list", e);
        }
        throw new IOException("A property list, but no dictionary");
    }

    /** Returns the string under a key, or the empty string. */
    public static String text(NSDictionary dictionary, String key) {
        NSObject value = dictionary.get(key);
        return value == null ? "" : value.toString();
    }

    /** Returns the dictionary under a key, or an empty one. */
    public static NSDictionary child(NSDictionary dictionary, String key) {
        return dictionary.get(key) instanceof NSDictionary child ? child : new NSDictionary();
    }
}
