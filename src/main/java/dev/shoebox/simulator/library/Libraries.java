package dev.shoebox.simulator.library;

import java.nio.file.Path;

/** The kinds of libraries that a phone can be given. */
public final class Libraries {
    private Libraries() {}

    /** Serves a folder as it is at each moment; it contains {@code DCIM/}. Any file system will do. */
    public static SimulatedLibrary folder(Path afcRoot) {
        return new FolderLibrary(afcRoot);
    }

    /** Serves files that exist nowhere: each byte is computed when it is read. */
    public static SimulatedLibrary generated(GeneratedLibrary spec) {
        return GeneratedRoll.develop(spec);
    }

    /** Serves a small library whose photos can be looked at: about 60 files, 80 MB. They are painted in the background. */
    public static SimulatedLibrary demo() {
        return DemoRoll.develop();
    }
}
