package dev.shoebox.device.afc;

import org.junit.jupiter.api.Test;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class AfcTest {
    /** From libimobiledevice's src/afc.h: the operations that would change something on the phone. */
    private static final Set<Long> WRITING = Set.of(
            0x04L, 0x05L, 0x06L, 0x07L, 0x08L, 0x09L, 0x0cL, 0x10L, 0x15L, 0x16L, 0x18L, 0x1aL, 0x1bL, 0x1cL, 0x1eL,
            0x20L, 0x21L, 0x22L);

    /** Encodes everything that the parameters of each encoder allow; reflection finds the encoders. */
    private static List<ByteBuffer> everythingThatCanBeAsked() {
        return Arrays.stream(Afc.class.getDeclaredMethods())
                .filter(method -> !Modifier.isPrivate(method.getModifiers()))
                .filter(method -> method.getParameterCount() > 0 && method.getReturnType() == void.class)
                .flatMap(method -> Arrays.stream(Afc.Request.values()).map(request -> written(method, request)))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<ByteBuffer> written(Method encoder, Afc.Request request) {
        ByteBuffer out = ByteBuffer.allocate(1000);
        Object[] arguments = Arrays.stream(encoder.getParameterTypes())
                .map(type -> type == ByteBuffer.class
                        ? out
                        : type == Afc.Request.class
                                ? request
                                : type == byte[].class ? "DCIM".getBytes(UTF_8) : type == int.class ? (Object) 7 : 7L)
                .toArray();
        try {
            encoder.invoke(null, arguments);
        } catch (java.lang.reflect.InvocationTargetException refused) {
            assertEquals(IllegalArgumentException.class, refused.getCause().getClass());
            return Optional.empty();
        } catch (IllegalAccessException impossible) {
            throw new AssertionError(impossible);
        }
        return Optional.of(out.flip().order(ByteOrder.LITTLE_ENDIAN));
    }

    @Test
    void nothingThatChangesThePhoneCanBeSpelled() {
        List<ByteBuffer> requests = everythingThatCanBeAsked();
        Set<Long> codes = requests.stream().map(request -> request.getLong(32)).collect(Collectors.toSet());
        assertEquals(
                new TreeSet<>(Set.of(0x03L, 0x0aL, 0x0bL, 0x0dL, 0x0fL, 0x11L, 0x12L, 0x14L, 0x1dL, 0x1fL)),
                new TreeSet<>(codes),
                "exactly the operations that read");
        assertTrue(codes.stream().noneMatch(WRITING::contains));
        List<Long> modes = requests.stream()
                .filter(request -> request.getLong(32) == 0x0d)
                .map(request -> request.getLong(40))
                .distinct()
                .toList();
        assertEquals(List.of(1L), modes, "files are opened for reading only");
    }

    @Test
    void aRequestIsItsHeaderAndItsArguments() {
        ByteBuffer out = ByteBuffer.allocate(200);
        Afc.putPath(out, 5, Afc.Request.FILE_OPEN, "DCIM/é".getBytes(UTF_8));
        out.flip();
        assertEquals("CFA6LPAA", new String(out.array(), 0, 8, UTF_8));
        assertEquals(out.limit(), out.getLong(8));
        assertEquals(out.limit(), out.getLong(16));
        assertEquals(5, out.getLong(24));
        assertEquals("DCIM/é\0", new String(out.array(), 48, out.limit() - 48, UTF_8));

        out.clear();
        Afc.putSeek(out, 6, 99, 1L << 40);
        assertEquals(99, out.getLong(40));
        assertEquals(0, out.getLong(48), "from the start of the file");
        assertEquals(1L << 40, out.getLong(56));
    }

    @Test
    void aHeaderIsReadAsPhonesWriteIt() {
        assertEquals(Optional.of(new Afc.Header(9, Afc.Answer.DATA, 1000)), header("CFA6LPAA", 1040, 40, 9, 2));
        assertEquals(Optional.of(new Afc.Header(9, Afc.Answer.DATA, 1000)), header("CFA6LPAA", 1040, 1040, 9, 2));
        assertEquals(Optional.of(new Afc.Header(1, Afc.Answer.STATUS, 8)), header("CFA6LPAA", 48, 48, 1, 1));
    }

    @Test
    void aContradictoryHeaderIsRejected() {
        assertEquals(Optional.empty(), header("CFA6LPAB", 48, 48, 1, 1), "another magic");
        assertEquals(Optional.empty(), header("CFA6LPAA", 39, 39, 1, 1), "shorter than itself");
        assertEquals(Optional.empty(), header("CFA6LPAA", 40, 48, 1, 1), "a part longer than the whole");
        assertEquals(Optional.empty(), header("CFA6LPAA", -1, 40, 1, 2), "beyond 63 bits");
        assertEquals(Optional.empty(), header("CFA6LPAA", 48, 48, 1, 3), "a request, not an answer");
    }

    @Test
    void everyAnswerButItsOwnIsRefusedForARequest() {
        Map<Afc.Request, Afc.Answer> own = Map.of(
                Afc.Request.READ_DIR, Afc.Answer.DATA,
                Afc.Request.GET_FILE_INFO, Afc.Answer.DATA,
                Afc.Request.GET_DEVICE_INFO, Afc.Answer.DATA,
                Afc.Request.FILE_OPEN, Afc.Answer.OPENED,
                Afc.Request.READ, Afc.Answer.DATA,
                Afc.Request.SEEK, Afc.Answer.STATUS,
                Afc.Request.TELL, Afc.Answer.TOLD,
                Afc.Request.CLOSE, Afc.Answer.STATUS,
                Afc.Request.FILE_HASH, Afc.Answer.DATA,
                Afc.Request.FILE_HASH_WITH_RANGE, Afc.Answer.DATA);
        for (Afc.Request request : Afc.Request.values()) {
            for (Afc.Answer answer : Afc.Answer.values()) {
                boolean fits = answer == own.get(request) || answer == Afc.Answer.STATUS;
                assertEquals(fits, request.allows(answer), request + " " + answer);
            }
        }
    }

    private static FileInfo info(String answer) {
        return FileInfo.of(ByteBuffer.wrap(answer.getBytes(UTF_8)));
    }

    @Test
    void filePropertiesSurviveMissingAndAdditionalFields() {
        assertEquals(
                new FileInfo(FileInfo.Kind.FILE, OptionalLong.of(5), OptionalLong.of(-1), OptionalLong.of(7)),
                info(
                        "other\0st_size\0st_birthtime\0007\0st_size\0005\0st_ifmt\0S_IFREG\0st_mtime\000-1\0st_size\0006\0"),
                "a value is no key, and the first of two counts");
        FileInfo nothing =
                new FileInfo(FileInfo.Kind.UNKNOWN, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
        assertEquals(nothing, info(""));
        assertEquals(nothing, info("\0\0\0\0st_size"));
        assertEquals(nothing, info("st_size\0\0st_size\0005\0st_mtime\0x\0st_ifmt\0\0st_birthtime"));
        assertEquals(FileInfo.Kind.FOLDER, info("st_ifmt\0S_IFDIR").kind(), "the last NUL may be missing");
        assertEquals(FileInfo.Kind.OTHER, info("st_ifmt\0S_IFDIRX\0").kind());
        assertEquals(
                OptionalLong.of(12), info("st_ifmt\0S_IFLNK\0st_size\00012").size());
    }

    @Test
    void aSizeBeyondALongIsNoSize() {
        FileInfo info = FileInfo.of(
                ByteBuffer.wrap("st_size\00018446744073709551615\0st_mtime\0001\0st_ifmt\0S_IFREG\0".getBytes(UTF_8)));
        assertEquals(FileInfo.Kind.FILE, info.kind());
        assertEquals(Optional.empty(), info.file("DCIM/x"));
        FileInfo negative =
                FileInfo.of(ByteBuffer.wrap("st_size\000-5\0st_mtime\0001\0st_ifmt\0S_IFREG\0".getBytes(UTF_8)));
        assertEquals(Optional.empty(), negative.file("DCIM/x"));
    }

    @Test
    void aPathRequestNeedsAPath() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Afc.putPath(ByteBuffer.allocate(100), 1, Afc.Request.READ, new byte[1]));
        assertThrows(
                IllegalArgumentException.class, () -> Afc.putHandle(ByteBuffer.allocate(100), 1, Afc.Request.SEEK, 1));
    }

    private static Optional<Afc.Header> header(String magic, long entire, long head, long packet, long operation) {
        ByteBuffer header = ByteBuffer.allocate(Afc.HEADER).order(ByteOrder.LITTLE_ENDIAN);
        header.put(magic.getBytes(UTF_8))
                .putLong(entire)
                .putLong(head)
                .putLong(packet)
                .putLong(operation);
        return Afc.header(header.flip());
    }
}
