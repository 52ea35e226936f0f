package dev.shoebox.plist;

import com.dd.plist.BinaryPropertyListWriter;
import com.dd.plist.NSObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** Valid lists are read in both forms; input made to harm its reader is rejected. */
@Timeout(20)
class PropertyListTest {
    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><!DOCTYPE plist PUBLIC"
            + " \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">"
            + "<plist version=\"1.0\">";

    private static final Map<String, Object> SOUND = Map.of(
            "on",
            true,
            "off",
            false,
            "count",
            42,
            "share",
            0.5,
            "name",
            "Ada",
            "at",
            Date.from(Instant.ofEpochMilli(1_700_000_000_000L)),
            "list",
            List.of("a", List.of("b")));

    private static final Map<String, Object> READ = Map.of(
            "on",
            true,
            "off",
            false,
            "count",
            42L,
            "share",
            0.5,
            "name",
            "Ada",
            "at",
            Instant.ofEpochSecond(1_700_000_000),
            "list",
            List.of("a", List.of("b")));

    private static Optional<Object> xml(String inner) {
        return PropertyList.parse((HEAD + inner + "</plist>").getBytes(US_ASCII));
    }

    @Test
    void bothFormsSayTheSame() throws IOException {
        NSObject list = NSObject.fromJavaObject(SOUND);
        assertEquals(
                Optional.of(READ), PropertyList.parse(list.toXMLPropertyList().getBytes(US_ASCII)));
        assertEquals(Optional.of(READ), PropertyList.parse(BinaryPropertyListWriter.writeToArray(list)));
    }

    @Test
    void everyPrefixOfAListIsRejected() throws IOException {
        NSObject list = NSObject.fromJavaObject(SOUND);
        for (byte[] whole : List.of(
                list.toXMLPropertyList().strip().getBytes(US_ASCII), BinaryPropertyListWriter.writeToArray(list))) {
            for (int length = 0; length < whole.length; length++) {
                assertEquals(Optional.empty(), PropertyList.parse(java.util.Arrays.copyOf(whole, length)), "" + length);
            }
        }
    }

    @Test
    void theContentOfAnInvalidListIsNotPrinted() {
        PrintStream before = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, false, StandardCharsets.UTF_8));
        try {
            assertEquals(Optional.empty(), xml("<dict><key>a</array>"));
        } finally {
            System.setErr(before);
        }
        assertEquals("", printed.toString(StandardCharsets.UTF_8));
    }

    @Test
    void endlessNestingIsRejected() {
        assertEquals(Optional.empty(), xml("<array>".repeat(50_000) + "</array>".repeat(50_000)));
        assertEquals(Optional.empty(), xml("<dict><key>a</key>".repeat(40) + "</dict>".repeat(40)));
    }

    @Test
    void entitiesAreNotExpandedAndNoOtherFileIsNamed() {
        assertEquals(
                Optional.empty(),
                PropertyList.parse(
                        ("<?xml version=\"1.0\"?><!DOCTYPE plist [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>"
                                        + "<plist><string>&a;</string></plist>")
                                .getBytes(US_ASCII)));
    }

    /** Each list names the one before it twice: 2^40 values in 400 bytes. */
    @Test
    void aBinaryListThatRepeatsItsPartsIsRejected() {
        int levels = 40;
        ByteBuffer bytes = ByteBuffer.allocate(4096);
        bytes.put("bplist00".getBytes(ISO_8859_1));
        int[] offsets = new int[levels];
        for (int i = 0; i < levels; i++) {
            offsets[i] = bytes.position();
            if (i == 0) {
                bytes.put((byte) 0x08);
            } else {
                bytes.put((byte) 0xa2).put((byte) (i - 1)).put((byte) (i - 1));
            }
        }
        assertEquals(Optional.empty(), PropertyList.parse(finished(bytes, offsets, levels - 1)));
    }

    @Test
    void aBinaryListThatContainsItselfIsRejected() {
        ByteBuffer bytes = ByteBuffer.allocate(64);
        bytes.put("bplist00".getBytes(ISO_8859_1)).put((byte) 0xa1).put((byte) 0);
        assertEquals(Optional.empty(), PropertyList.parse(finished(bytes, new int[] {8}, 0)));
    }

    private static byte[] finished(ByteBuffer bytes, int[] offsets, int top) {
        int table = bytes.position();
        for (int offset : offsets) {
            bytes.putShort((short) offset);
        }
        bytes.put(new byte[6]).put((byte) 2).put((byte) 1);
        bytes.putLong(offsets.length).putLong(top).putLong(table);
        byte[] list = new byte[bytes.position()];
        bytes.flip().get(list);
        return list;
    }

    @Test
    void moreThanAListCanHaveIsNotEvenParsed() {
        assertEquals(Optional.empty(), xml("<array>" + "<true/>".repeat(150_000) + "</array>"));
        assertEquals(Optional.empty(), PropertyList.parse(new byte[PropertyList.LARGEST + 1]));
        assertEquals(
                Optional.of(Collections.nCopies(1000, true)), xml("<array>" + "<true/>".repeat(1000) + "</array>"));
    }

    /** The output of Apple's and libplist's writers, and of a person. */
    @Test
    void theXmlFormIsReadAsJavasOwnParserReadsIt() {
        for (byte[] list : PropertyListFuzz.seeds().subList(0, 3)) {
            String read = PropertyList.parse(list).map(PropertyListFuzz::told).orElse("nothing");
            assertEquals(PropertyListFuzz.byJava(list), read);
        }
    }

    @Test
    void anXmlListOutsideApplesFormatIsRejected() {
        for (String inner : List.of(
                "",
                "<true/><true/>",
                "<null/>",
                "<string>a</strin>",
                "<string>a<b/></string>",
                "<string>&nbsp;</string>",
                "<string>&#0;</string>",
                "<string>&#xd800;</string>",
                "<integer/>",
                "<integer>1.5</integer>",
                "<integer>seven</integer>",
                "<real>0x1p3</real>",
                "<date>2023-13-41T22:13:20Z</date>",
                "<data>#</data>",
                "<dict><string>a</string><true/></dict>",
                "<dict><key>a</key></dict>",
                "<string a=\"b\">c</string>",
                "<?a b?><true/>",
                "<!-- -- --><true/>")) {
            assertEquals(Optional.empty(), xml(inner), inner);
        }
        assertEquals(Optional.of("a"), xml("<string>a</string>"));
        assertEquals(Optional.empty(), xml("<string>\0</string>"));
        assertEquals(Optional.empty(), PropertyList.parse("<dict></dict>".getBytes(US_ASCII)));
        assertEquals(Optional.empty(), PropertyList.parse((HEAD + "<true/></plist><plist/>").getBytes(US_ASCII)));
        String latin = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><plist><string>\u00e9</string></plist>";
        assertEquals(Optional.empty(), PropertyList.parse(latin.getBytes(ISO_8859_1)));
        assertEquals(Optional.empty(), PropertyList.parse(latin.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * The name of a phone or an app may contain characters that XML does not allow; Apple's tools write them
     * nevertheless.
     */
    @Test
    void aControlCharacterCostsNoList() {
        assertEquals(Optional.of("a\u0007b"), xml("<string>a\u0007b</string>"));
    }

    /** Of the maximum length, and in one piece that a careless reader would scan repeatedly. */
    @Test
    void longListsAreReadInOnePass() {
        int room = PropertyList.LARGEST - HEAD.length() - 100;
        for (String inner : List.of(
                "<real>" + "1".repeat(room) + "x</real>",
                "<integer>" + "1".repeat(room) + "</integer>",
                "<string>" + "&".repeat(room) + "</string>",
                "<string>" + "<![CDATA[".repeat(room / 9) + "</string>",
                "<!--".repeat(room / 4),
                "<plist version=" + " ".repeat(room))) {
            assertEquals(Optional.empty(), xml(inner));
        }
        String cut = "<string>" + "<![CDATA[]]>&lt;".repeat(room / 16) + "</string>";
        assertEquals(Optional.of("<".repeat(room / 16)), xml(cut));
    }

    @Test
    void aWrittenListReadsBackUnchanged() {
        Map<String, Object> all = Map.of(
                "a", List.of("<&>\"'\r\n\t\u00e9\ud83d\udcf7]]>", Map.of("b&", new byte[] {0, -1}), ""),
                "c", Long.MIN_VALUE,
                "d", List.of(0.1, Double.NaN, Double.POSITIVE_INFINITY),
                "e", Instant.ofEpochSecond(1_700_000_000),
                "f", List.of(true, false));
        byte[] written = PropertyList.xml(all);
        assertEquals(
                PropertyListFuzz.told(all),
                PropertyList.parse(written).map(PropertyListFuzz::told).orElse("nothing"));
        assertEquals(PropertyListFuzz.told(all), PropertyListFuzz.byJava(written));
        assertEquals(
                Optional.of(Map.of("a", "?")), PropertyList.parse(PropertyList.xml(Map.of("a\u0001", "\uffff\ud800"))));
    }
}
