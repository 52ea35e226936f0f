package dev.shoebox.run;

import dev.shoebox.destination.DestinationFolder;
import dev.shoebox.photos.fingerprint.ContentDigest;

import java.nio.ByteBuffer;
import java.util.EnumSet;

/**
 * Prepares a run on its own thread while the phone is being found: loads SQLite and, for a first backup, lets Java
 * compile the digest code. Until that is compiled, half a megabyte takes a tenth of a second, and the first photos
 * would wait. Changes nothing in the backup, and nothing waits for it.
 */
final class AheadOfPhone {
    /** After this many bytes, Java has compiled the digests. */
    private static final int ENOUGH = 768 << 10;

    private static final int PIECE = 64 << 10;

    private AheadOfPhone() {}

    /**
     * @param isFirst whether the run creates the backup, and so hashes every file
     * @return the thread, which is a daemon
     */
    static Thread begin(boolean isFirst) {
        Thread thread = new Thread(
                () -> {
                    DestinationFolder.loadDatabase();
                    if (isFirst) {
                        hash();
                    }
                },
                "shoebox-ahead");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void hash() {
        ContentDigest digest = new ContentDigest(EnumSet.of(ContentDigest.Extra.FINGERPRINT, ContentDigest.Extra.SHA1));
        ByteBuffer zeros = ByteBuffer.allocateDirect(PIECE);
        for (int bytes = 0; bytes < ENOUGH; bytes += PIECE) {
            digest.update(zeros.clear());
        }
        digest.complete();
    }
}
