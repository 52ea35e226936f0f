package dev.shoebox.system.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;

/** The owner of this process's files. */
final class Owner {
    private Owner() {}

    /** Returns the user who owns the files that this process creates; on Linux, even if the user has no name. */
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
