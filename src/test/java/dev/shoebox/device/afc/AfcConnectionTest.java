package dev.shoebox.device.afc;

import dev.shoebox.device.Recording;
import dev.shoebox.device.afc.Afc.Request;
import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Hand-written answers that no real service and no simulated phone would send. */
class AfcConnectionTest {
    @ParameterizedTest
    @CsvSource({
        "2, 2, 140, another packet number",
        "0, 2, 140, a packet number from before",
        "1, 14, 48, a handle where bytes were asked for",
        "1, 19, 48, a position where bytes were asked for",
        "1, 15, 140, a question",
        "1, 99, 140, an operation that is none",
        "1, 2, 141, one byte more than asked for",
        "1, 2, 9223372036854775807, more than there is memory",
        "1, 2, -1, a negative length",
        "1, 2, 39, less than the header",
        "1, 1, 47, a status cut short",
        "1, 1, 49, a status with something behind it"
    })
    void anUnexpectedAnswerEndsTheConnection(long packet, long operation, long entireLength, String what)
            throws DeviceException {
        Recording cable = new Recording().answer(packet, operation, entireLength, new byte[200]);
        AfcConnection connection = new AfcConnection(cable);
        List<AfcConnection.Reply> replies = new ArrayList<>();
        connection.askRead(7, ByteBuffer.allocateDirect(100), replies::add);
        assertThrows(DeviceException.Lost.class, connection::receive, what);
        assertEquals(List.of(), replies, what);
        assertTrue(cable.isClosed() && connection.isBroken(), what);
    }

    @Test
    void questionsGatherAsLongAsAnswersAreHereAlready() throws DeviceException {
        Recording cable = new Recording();
        AfcConnection connection = new AfcConnection(cable);
        List<Long> answers = new ArrayList<>();
        for (int i = 1; i <= 7; i++) {
            cable.answer(i, 0x13, 48, Recording.number(i));
        }
        for (int i = 1; i <= 6; i++) {
            connection.askHandle(Request.TELL, 7, reply -> answers.add(reply.value()));
        }
        connection.receive();
        connection.askHandle(Request.TELL, 7, reply -> answers.add(reply.value()));
        for (int i = 2; i <= 5; i++) {
            connection.receive();
        }
        assertEquals(1, cable.packets());
        connection.drain();
        assertEquals(2, cable.packets());
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L), answers);
    }

    @Test
    void answersGoToWhoAskedInTheOrderOfAsking() throws DeviceException {
        Recording cable = new Recording()
                .data(1, "first")
                .answer(2, 0x13, 48, Recording.number(1L << 40))
                .answer(3, 1, 48, Recording.number(8))
                .data(4, "");
        AfcConnection connection = new AfcConnection(cable);
        List<String> answers = new ArrayList<>();
        ByteBuffer landing = ByteBuffer.allocateDirect(100).position(10);
        connection.askRead(7, landing, reply -> answers.add("read " + UTF_8.decode(reply.data())));
        connection.askHandle(Request.TELL, 7, reply -> answers.add("tell " + reply.value()));
        connection.askPath(Request.GET_FILE_INFO, "DCIM/x", reply -> answers.add("info " + reply.status()));
        connection.askPath(
                Request.READ_DIR,
                "DCIM",
                reply -> answers.add("names " + reply.data().remaining()));
        connection.drain();
        assertEquals(List.of("read first", "tell 1099511627776", "info NOT_FOUND", "names 0"), answers);
        assertEquals("first", UTF_8.decode(landing.limit(15).position(10)).toString(), "it came into our own buffer");
        assertFalse(cable.isClosed());
    }

    @Test
    void aNameThatIsNothingIsReportedAndTheRestListed() throws DeviceException {
        Recording cable = new Recording()
                .data(1, ".\0..\0\0IMG_0001.JPG\0IMG_0001.JPG")
                .answer(2, 1, 48, Recording.number(8))
                .answer(3, 1, 48, Recording.number(8))
                .data(4, "st_ifmt\0S_IFREG\0st_size\0007\0st_mtime\000-1\0");
        Listing listing = new MediaWalk(new AfcConnection(cable), Scope.USUAL).list();
        assertEquals(1, listing.unreadable().size());
        assertEquals(1, listing.files().size(), "what is listed twice is one file");
        assertEquals(
                "1969-12-31T23:59:59.999999999Z",
                listing.files().get(0).modified().toString());
    }

    @Test
    void anAnswerWithoutItsRequestIsReportedNotDropped() throws DeviceException {
        Recording cable = new Recording()
                .data(1, "IMG_0001.JPG\0")
                .status(2, 8)
                .status(3, 8)
                .data(4, "st_size\0007\0st_mtime\000");
        Listing listing = new MediaWalk(new AfcConnection(cable), Scope.USUAL).list();
        assertEquals(List.of(), listing.files());
        assertEquals("DCIM/IMG_0001.JPG", listing.unreadable().get(0).path());
    }

    @Test
    void noDateOfAFileKeepsItOutOfTheListing() throws DeviceException {
        Map<String, String> modified = new LinkedHashMap<>();
        modified.put("st_mtime\00018131124873709551616\0", "1960-01-01T00:00:00Z");
        modified.put("st_mtime\000-315619200000000000\0", "1960-01-01T00:00:00Z");
        modified.put("st_birthtime\0001714731072000000000\0", "2024-05-03T10:11:12Z");
        modified.put("st_mtime\00099999999999999999999\0", "1970-01-01T00:00:00Z");
        modified.put("st_mtime\0soon\0", "1970-01-01T00:00:00Z");
        modified.put("", "1970-01-01T00:00:00Z");
        for (var each : modified.entrySet()) {
            Recording cable = new Recording()
                    .data(1, "IMG_0001.JPG\0")
                    .status(2, 8)
                    .status(3, 8)
                    .data(4, "st_ifmt\0S_IFREG\0st_size\0007\0" + each.getKey());
            Listing listing = new MediaWalk(new AfcConnection(cable), Scope.USUAL).list();
            assertEquals(List.of(), listing.unreadable());
            assertEquals(Instant.parse(each.getValue()), listing.files().get(0).modified());
        }
    }

    @Test
    void anUnnamedErrorIsReportedWithItsNumber() throws DeviceException {
        Recording cable = new Recording()
                .status(1, 4711)
                .status(2, 8)
                .status(3, 8)
                .status(4, 4711)
                .status(5, 4711);
        Listing listing = new MediaWalk(new AfcConnection(cable), Scope.USUAL).list();
        assertEquals(
                "The iPhone reports an error without a name (AFC 4711).",
                listing.unreadable().get(0).message());
    }

    @Test
    void openFilesAreClosedEvenIfNoAnswerCanBeTrusted() throws DeviceException {
        Recording cable =
                new Recording().opened(1, 71).opened(2, 72).status(3, 0).answer(99, 2, Afc.HEADER, new byte[0]);
        AfcConnection connection = new AfcConnection(cable);
        connection.askPath(Request.FILE_OPEN, "a", reply -> {});
        connection.askPath(Request.FILE_OPEN, "b", reply -> {});
        connection.drain();
        connection.askHandle(Request.CLOSE, 71, reply -> {});
        connection.askRead(72, ByteBuffer.allocateDirect(100), reply -> {});
        assertThrows(DeviceException.Lost.class, connection::drain);
        assertEquals(List.of(71L, 72L), cable.closedHandles());
    }
}
