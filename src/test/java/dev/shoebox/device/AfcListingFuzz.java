package dev.shoebox.device;

import dev.shoebox.device.afc.AfcConnection;
import dev.shoebox.device.afc.MediaWalk;
import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.photos.source.Scope;

import java.util.List;

/** Answers of a phone while its folders are listed. */
final class AfcListingFuzz {
    /** A folder that lists itself. */
    private static final String LOOP = ".\0..\000100APPLE\0IMG_0001.JPG\0";

    private AfcListingFuzz() {}

    static List<byte[]> seeds() {
        return List.of(
                HostileAnswersTest.LISTING,
                new Recording()
                        .data(1, LOOP)
                        .status(2, 8)
                        .status(3, 8)
                        .data(4, HostileAnswersTest.FOLDER)
                        .data(5, HostileAnswersTest.INFO)
                        .data(6, LOOP)
                        .bytes(),
                new Recording()
                        .data(1, ".\0..\000100APPLE\0")
                        .status(2, 8)
                        .data(3, "")
                        .data(4, HostileAnswersTest.FOLDER)
                        .data(5, "IMG_0001.JPG\0.hidden\0")
                        .data(6, HostileAnswersTest.INFO)
                        .status(7, 10)
                        .bytes());
    }

    public static void fuzzerTestOneInput(byte[] answers) {
        try {
            new MediaWalk(new AfcConnection(Recording.of(answers)), Scope.USUAL).list();
        } catch (DeviceException lost) {
            // The end of a connection with invalid answers.
        }
    }
}
