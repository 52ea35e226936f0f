package dev.shoebox.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;

/** Who this process is to the file system. */
final class Owner {
    private Owner() {}

    /** The user whose files this process makes; on Linux also one without a name. */
    static UserPrincipal ofThisProcess() throws IOException {
        Path self = Path.of("/proc/self");
        return Files.isDirectory(self)
                ? Files.getOwner(self)
                : Path.of("/")
                        .getFileSystem()
                        .getUserPrincipalLookupService()
                        .lookupPrincipalByName(System.getProperty("user.name", ""));
    }
}
