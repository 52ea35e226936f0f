package dev.shoebox.photos.source;

/**
 * Which phone, folder or archive photos come from.
 *
 * @param id the same at every run: a phone's UDID, a folder's real path, {@code backup:}, {@code files:} or
 *     {@code files:backup:} and the UDID of the phone that a backup, or files beside its photos, are of
 * @param name for people and for {@code {device}} in layouts; may change
 */
public record SourceId(Kind kind, String id, String name) {
    /** So many characters at the end of a UDID tell phones apart; the first ones are those of their model. */
    private static final int SHORT = 8;

    public enum Kind {
        PHONE,
        FOLDER,
        ARCHIVE,
        /** A local backup of a phone on disk. */
        PHONE_BACKUP,
        /** What the cable shows of a phone beside its photos. */
        PHONE_FILES,
        /** What a local backup of a phone has beside its photos. */
        BACKUP_FILES
    }

    /** Whether what it has are no photos, and files that stand for themselves. */
    public boolean isOfFiles() {
        return kind == Kind.PHONE_FILES || kind == Kind.BACKUP_FILES;
    }

    /** The id as it may stand where others read it: of a phone's, enough to tell it from other phones. */
    public String shortened() {
        return isOfPhone() && id.length() > SHORT ? "…" + id.substring(id.length() - SHORT) : id;
    }

    /** Whether it is read from a phone itself. */
    public boolean isOnCable() {
        return kind == Kind.PHONE || kind == Kind.PHONE_FILES;
    }

    /** Whether its paths and names are those of a phone: it is one, or a backup of one. */
    public boolean isOfPhone() {
        return isOnCable() || kind == Kind.PHONE_BACKUP || kind == Kind.BACKUP_FILES;
    }
}
