package dev.shoebox.simulator.library;

import java.nio.file.Path;

/** Creates libraries for a phone. */
public final class Libraries {
    private Libraries() {}

    /** Serves the current contents of a folder that contains {@code DCIM/}, on any file system. */
    public static SimulatedLibrary folder(Path afcRoot) {
        return new FolderLibrary(afcRoot);
    }

    /** Serves files that are stored nowhere: each byte is computed when it is read. */
    public static SimulatedLibrary generated(GeneratedLibrary spec) {
        return GeneratedRoll.develop(spec);
    }

    /** Serves a small demo library with real pictures: about 60 files, 80 MB. They are painted in the background. */
    public static SimulatedLibrary demo() {
        return DemoRoll.develop();
    }
}
