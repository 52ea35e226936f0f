package dev.shoebox.device;

import dev.shoebox.device.afc.Afc;
import dev.shoebox.device.afc.AfcConnection;
import dev.shoebox.device.afc.MediaWalk;
import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.device.transport.ServiceConnection;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.ListingLimits;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.Scope;
import dev.shoebox.photos.source.Unreadable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A phone that invents its folders as it is asked: the listing ends soon, keeps what is valid and reports what it
 * omits.
 */
class HostilePhoneTest {
    /** Answers each request with a function of its path: names of a folder, or empty for a file of one byte. */
    private static final class Inventive implements ServiceConnection {
        private final Function<String, Optional<List<String>>> folders;
        private final ByteBuffer requests = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
        private final Deque<ByteBuffer> answers = new ArrayDeque<>();
        private long asked;

        Inventive(Function<String, Optional<List<String>>> folders) {
            this.folders = folders;
        }

        @Override
        public void send(ByteBuffer data) {
            requests.put(data).flip();
            while (requests.remaining() >= Afc.HEADER) {
                int start = requests.position();
                int length = Math.toIntExact(requests.getLong(start + 8));
                byte[] path = new byte[length - Afc.HEADER];
                requests.position(start + Afc.HEADER).get(path);
                answer(
                        requests.getLong(start + 24),
                        requests.getLong(start + 32),
                        new String(path, UTF_8).replace("\0", ""));
            }
            requests.compact();
        }

        private void answer(long packet, long operation, String path) {
            asked++;
            Optional<List<String>> names = folders.apply(path);
            String payload = operation == Afc.Request.READ_DIR.code
                    ? ".\0..\0"
                            + names.orElse(List.of()).stream()
                                    .map(name -> name + "\0")
                                    .collect(joining())
                    : "st_size\0" + "1\0st_ifmt\0" + (names.isPresent() ? "S_IFDIR" : "S_IFREG") + "\0st_mtime\0"
                            + "1700000000000000000\0";
            byte[] bytes = payload.getBytes(UTF_8);
            answers.add(PlayedBack.header(packet, Afc.HEADER + bytes.length).flip());
            answers.add(ByteBuffer.wrap(bytes));
        }

        @Override
        public void receive(ByteBuffer into) {
            while (into.hasRemaining()) {
                ByteBuffer next = answers.element();
                while (into.hasRemaining() && next.hasRemaining()) {
                    into.put(next.get());
                }
                if (!next.hasRemaining()) {
                    answers.remove();
                }
            }
        }

        @Override
        public void close() {}
    }

    private static Listing list(Inventive phone) throws DeviceException {
        return new MediaWalk(new AfcConnection(phone), Scope.USUAL).list();
    }

    private static List<String> paths(Listing listing) {
        return listing.files().stream().map(MediaFile::path).toList();
    }

    private static boolean isFile(String path) {
        return path.endsWith(".JPG");
    }

    @Test
    @Timeout(20)
    void foldersThatContainThemselvesAreLookedThroughOnce() throws DeviceException {
        List<String> loop = new ArrayList<>(List.of("A", "B", "C", "D", "E", "F", "G", "H"));
        loop.add("IMG_0001.JPG");
        var phone = new Inventive(path -> isFile(path)
                ? Optional.empty()
                : Optional.of(path.equals("DCIM") ? List.of("100APPLE") : path.startsWith("DCIM/") ? loop : List.of()));
        Listing listing = list(phone);
        assertEquals(List.of("DCIM/100APPLE/IMG_0001.JPG"), paths(listing));
        assertTrue(phone.asked < 1_000, "asked " + phone.asked);
        assertEquals(8, listing.unreadable().size());
    }

    @Test
    @Timeout(20)
    void foldersThatContainEachOtherAreLookedThroughOnce() throws DeviceException {
        // A lists B and C, B lists A, ...: each recurs only below another.
        var phone = new Inventive(path -> {
            if (isFile(path)) {
                return Optional.empty();
            }
            String name = path.substring(path.lastIndexOf('/') + 1);
            return Optional.of(
                    switch (name) {
                        case "DCIM" -> List.of("A", "B", "C", "D");
                        case "A" -> List.of("B", "C", "D", "a.JPG");
                        case "B" -> List.of("A", "C", "D", "b.JPG");
                        case "C" -> List.of("A", "B", "D", "c.JPG");
                        case "D" -> List.of("A", "B", "C", "d.JPG");
                        default -> List.of();
                    });
        });
        Listing listing = list(phone);
        assertTrue(phone.asked < 2_000, "asked " + phone.asked);
        assertTrue(paths(listing).containsAll(List.of("DCIM/A/a.JPG", "DCIM/B/b.JPG", "DCIM/C/c.JPG", "DCIM/D/d.JPG")));
    }

    @Test
    @Timeout(20)
    void endlessNamesEnd() throws DeviceException {
        long[] invented = new long[1];
        var phone = new Inventive(path -> {
            if (isFile(path)) {
                return Optional.empty();
            }
            List<String> names = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                names.add("folder" + invented[0]++);
            }
            return Optional.of(path.equals("DCIM/100APPLE") ? List.of("IMG_0001.JPG") : names);
        });
        var known = new Inventive(
                path -> path.equals("DCIM") ? Optional.of(List.of("100APPLE", "x")) : phone.folders.apply(path));
        Listing listing = list(known);
        assertEquals(List.of("DCIM/100APPLE/IMG_0001.JPG"), paths(listing));
        assertTrue(known.asked < 300_000, "asked " + known.asked);
        assertEquals(1, listing.unreadable().size(), () -> listing.unreadable().toString());
    }

    @Test
    @Timeout(20)
    void ofMoreEntriesThanThereCanBeTheFirstAreKept() throws DeviceException {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            names.add("IMG_%04d.JPG".formatted(i));
        }
        var phone = new Inventive(
                path -> isFile(path) ? Optional.empty() : Optional.of(path.equals("DCIM") ? names : List.of()));
        var limits = new ListingLimits(100, 1_000_000, 16);
        Listing listing = new MediaWalk(new AfcConnection(phone), Scope.USUAL, limits).list();
        assertTrue(
                listing.files().size() > 50 && listing.files().size() <= 100,
                "" + listing.files().size());
        assertEquals(1, listing.unreadable().size());
        limits = new ListingLimits(1_000, 1_000, 16);
        listing = new MediaWalk(new AfcConnection(phone), Scope.USUAL, limits).list();
        assertTrue(listing.files().size() < 100);
        assertEquals(1, listing.unreadable().size());
    }

    @Test
    void aFolderTooDeepIsReportedInOneLine() throws DeviceException {
        var phone = new Inventive(path -> isFile(path)
                ? Optional.empty()
                : Optional.of(List.of("d" + path.length(), path.length() + "a.JPG", path.length() + "b.JPG")));
        Listing listing = list(phone);
        List<String> refused =
                listing.unreadable().stream().map(Unreadable::path).toList();
        assertEquals(Scope.USUAL.folders().size(), refused.size(), refused.toString());
    }

    @Test
    void aListingEndsOnceItsThreadIsInterrupted() {
        var phone = new Inventive(path -> Optional.of(List.of("x")));
        Thread.currentThread().interrupt();
        try {
            assertThrows(DeviceException.Lost.class, () -> list(phone));
        } finally {
            assertTrue(Thread.interrupted());
        }
    }
}
