package dev.shoebox.device.apps;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** A phone's claims about its apps are trusted no further than necessary. */
class AppListTest {
    private static byte[] frame(String inside) {
        byte[] body = ("<?xml version=\"1.0\" encoding=\"UTF-8\"?><plist version=\"1.0\"><dict>" + inside
                        + "</dict></plist>")
                .getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Integer.BYTES + body.length)
                .putInt(body.length)
                .put(body)
                .array();
    }

    private static byte[] app(String facts) {
        return frame("<key>Status</key><string>Complete</string><key>CurrentList</key><array><dict>" + facts
                + "</dict></array>");
    }

    private static List<SharingApp> sharing(byte[] answers) throws Exception {
        return AppList.of(AppListFuzz.saying(answers)).sharing();
    }

    @Test
    void oldSubstitutesForABooleanCount() throws Exception {
        String id = "<key>CFBundleIdentifier</key><string>a.b</string><key>UIFileSharingEnabled</key>";
        for (String yes : List.of("<true/>", "<integer>1</integer>", "<string>YES</string>", "<string>true</string>")) {
            assertEquals(List.of(new SharingApp("a.b", "a.b")), sharing(app(id + yes)), yes);
        }
        for (String no : List.of("<false/>", "<integer>0</integer>", "<string>NO</string>", "<array/>")) {
            assertEquals(List.of(), sharing(app(id + no)), no);
        }
    }

    @Test
    void aControlCharacterInANameCostsNoOtherApp() throws Exception {
        String facts =
                "<key>CFBundleIdentifier</key><string>a.b</string><key>CFBundleDisplayName</key><string>x\u001b[2J"
                        + "</string><key>UIFileSharingEnabled</key><true/>";
        assertEquals(List.of(new SharingApp("a.b", "x?[2J")), sharing(app(facts)));
    }

    @Test
    void invalidAnswersAreRefusedWithoutAllocatingForThem() {
        for (byte[] answer : List.of(
                ByteBuffer.allocate(4).putInt(Integer.MAX_VALUE).array(),
                ByteBuffer.allocate(4).putInt(-1).array(),
                ByteBuffer.allocate(4).putInt(0).array(),
                frame("<key>Error</key><string>\u202eNo</string>"))) {
            assertThrows(AppRefusedException.class, () -> sharing(answer));
        }
    }
}
