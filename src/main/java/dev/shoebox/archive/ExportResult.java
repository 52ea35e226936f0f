package dev.shoebox.archive;

import java.util.List;

/**
 * The outcome of an export.
 *
 * @param parts the parts made, in order; none if it was stopped, or if there was nothing to export
 * @param files the number of the backup's files in it
 * @param bytes the size of these
 * @param pastCache whether everything was read back from the disk itself; otherwise some of it may have come from the
 * page cache
 * @param stopped whether it was stopped before its end; nothing was left behind
 */
public record ExportResult(List<Part> parts, long files, long bytes, boolean pastCache, boolean stopped) {
    public ExportResult {
        parts = List.copyOf(parts);
    }

    /**
     * One file or folder.
     *
     * @param bytes the size of the file, or of all files in the folder
     * @param files the number of files in it, including pieces of files
     */
    public record Part(String name, long bytes, int files) {}
}
