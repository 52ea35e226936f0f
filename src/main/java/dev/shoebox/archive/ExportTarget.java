package dev.shoebox.archive;

import dev.shoebox.archive.packing.Format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The target of an export.
 *
 * @param folder an existing folder, without links
 * @param name the file or folder to create in it
 * @param format the format that the name implies
 */
public record ExportTarget(Path folder, String name, Format format) {
    /** The suffix of unfinished parts. */
    static final String UNFINISHED = ".part";

    /**
     * Checks whether an export can be made there.
     *
     * @param output the path that the person typed
     * @param backup the folder to export
     * @throws ArchiveException.Refused if the target exists, cannot be created, or has an unknown format
     */
    public static ExportTarget of(Path output, Path backup) throws IOException {
        Path absolute = output.toAbsolutePath().normalize();
        Path parent = absolute.getParent();
        if (parent == null || absolute.getFileName() == null) {
            throw new ArchiveException.Refused(output + " cannot be the name of an export.");
        }
        if (!Files.isDirectory(parent)) {
            throw new ArchiveException.Refused(
                    "The folder " + parent + " does not exist. Plug its drive in, or create the folder. "
                            + "(Shoebox does not create it, so that an unplugged drive is noticed.)");
        }
        Path folder = parent.toRealPath();
        String name = absolute.getFileName().toString();
        if (folder.startsWith(backup.toRealPath())) {
            throw new ArchiveException.Refused(output + " is inside the backup. Choose a file outside it.");
        }
        Format format = Format.of(name)
                .orElseThrow(() -> new ArchiveException.Refused("The extension " + name.substring(name.lastIndexOf('.'))
                        + " is not supported: the name of an export ends with .tar, .tar.gz, .tar.zst or "
                        + ".zip; without an extension, a folder is made."));
        ExportTarget target = new ExportTarget(folder, name, format);
        target.requireFree(name, " already exists, and an export never replaces a file. Choose another name.");
        target.requireFree(
                name + UNFINISHED,
                " exists: another export is running there, or one was interrupted. If none is running, delete it.");
        return target;
    }

    private void requireFree(String other, String why) throws ArchiveException {
        Path path = folder.resolve(other);
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new ArchiveException.Refused(path + why);
        }
    }

    /** Returns the name of one part of several: {@code photos-02-of-12.tar}. A folder has one part. */
    String part(int number, int of) {
        if (of == 1) {
            return name;
        }
        String ending = format.ending(name);
        String stem = name.substring(0, name.length() - ending.length());
        int digits = Integer.toString(of).length();
        return String.format(Locale.ROOT, "%s-%0" + digits + "d-of-%d%s", stem, number, of, ending);
    }

    /** Returns whether a name is that of a part of an export with this name. */
    boolean isPart(String other) {
        String ending = format.ending(name);
        String stem = name.substring(0, name.length() - ending.length());
        return !format.isFolder()
                && other.startsWith(stem + "-")
                && other.endsWith(ending)
                && other.substring(stem.length(), Math.max(stem.length(), other.length() - ending.length()))
                        .matches("-\\d+-of-\\d+");
    }

    /** Returns the name of an unfinished part, while the number of parts is unknown. */
    String unfinished(int number) {
        return name + (number == 1 ? "" : "." + number) + UNFINISHED;
    }
}
