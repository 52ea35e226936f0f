package dev.shoebox.photos;

/**
 * Which phone, folder or archive photos come from.
 *
 * @param id the same at every run: a phone's UDID, a folder's real path
 * @param name for people and for {@code {device}} in layouts; may change
 */
public record SourceId(Kind kind, String id, String name) {
    public enum Kind {
        PHONE,
        FOLDER,
        ARCHIVE
    }
}
