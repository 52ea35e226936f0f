package dev.shoebox.photos.source;

/**
 * Which phone, folder or archive photos come from.
 *
 * @param id the same at every run: a phone's UDID, a folder's real path
 * @param name for people and for {@code {device}} in layouts; may change
 */
public record SourceId(Kind kind, String id, String name) {
    /** So many characters at the end of a UDID tell phones apart; the first ones are those of their model. */
    private static final int SHORT = 8;

    public enum Kind {
        PHONE,
        FOLDER,
        ARCHIVE
    }

    /** The id as it may stand where others read it: of a phone's, enough to tell it from other phones. */
    public String shortened() {
        return kind == Kind.PHONE && id.length() > SHORT ? "…" + id.substring(id.length() - SHORT) : id;
    }
}
