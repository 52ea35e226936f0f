package dev.shoebox.destination.disk;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A symbolic link in place of a file or folder of the destination. */
public final class SymbolicLinkException extends FileSystemException {
    public SymbolicLinkException(Path path) {
        super(path.toString());
    }

    @Override
    public String getReason() {
        return "is a symbolic link, which is never followed inside a backup; replace it with the real file or folder";
    }
}
