package dev.shoebox.archive;

import java.util.List;

/**
 * What became of an export.
 *
 * @param parts that were made, in order; none if it was stopped, or if nothing was to be exported
 * @param files of the backup that are in it
 * @param bytes of these
 * @param pastCache whether the disk itself was read back; else some may have come from the system's memory
 * @param stopped whether it was stopped before its end, and nothing was left
 */
public record ExportResult(List<Part> parts, long files, long bytes, boolean pastCache, boolean stopped) {
    public ExportResult {
        parts = List.copyOf(parts);
    }

    /**
     * One file or folder.
     *
     * @param bytes of the file, or of all files in the folder
     * @param files in it, pieces of files too
     */
    public record Part(String name, long bytes, int files) {}
}
