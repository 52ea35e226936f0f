package dev.shoebox.library;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes logs with valid checksums and invalid content (sqlite.org, "WAL-mode File Format"). */
final class WalForger {
    private static final int FRAME_HEADER = 24;

    private WalForger() {}

    /** A log with one transaction that overwrites every page but the first with garbage. */
    static byte[] logThatReplacesEveryPage(Path database) throws IOException {
        ByteBuffer head = ByteBuffer.wrap(Files.readAllBytes(database));
        int pageSize = Short.toUnsignedInt(head.getShort(16));
        pageSize = pageSize == 1 ? 65_536 : pageSize;
        int pages = head.capacity() / pageSize;
        ByteBuffer log = ByteBuffer.allocate(32 + (pages - 1) * (FRAME_HEADER + pageSize));
        log.putInt(0x377f0682)
                .putInt(3_007_000)
                .putInt(pageSize)
                .putInt(0)
                .putInt(1)
                .putInt(2);
        int[] sum = {0, 0};
        add(sum, log, 0, 24);
        log.putInt(sum[0]).putInt(sum[1]);
        byte[] nonsense = new byte[pageSize];
        java.util.Arrays.fill(nonsense, (byte) 0x7f);
        for (int page = 2; page <= pages; page++) {
            int start = log.position();
            log.putInt(page).putInt(page == pages ? pages : 0).putInt(1).putInt(2);
            add(sum, log, start, 8);
            ByteBuffer content = ByteBuffer.wrap(nonsense);
            add(sum, content, 0, pageSize);
            log.putInt(sum[0]).putInt(sum[1]).put(nonsense);
        }
        return log.array();
    }

    private static void add(int[] sum, ByteBuffer bytes, int from, int length) {
        ByteBuffer words = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        for (int at = from; at < from + length; at += 8) {
            sum[0] += words.getInt(at) + sum[1];
            sum[1] += words.getInt(at + 4) + sum[0];
        }
    }
}
