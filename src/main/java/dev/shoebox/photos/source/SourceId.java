package dev.shoebox.photos.source;

/**
 * The identity of the phone, folder or archive that photos come from.
 *
 * @param id the same in every run: a phone's UDID, a folder's real path; for a backup of a phone, or for its other
 *     files, {@code backup:}, {@code files:} or {@code files:backup:} and the phone's UDID
 * @param name for display and for {@code {device}} in layouts; may change
 */
public record SourceId(Kind kind, String id, String name) {
    /** So many characters at the end of a UDID distinguish phones; the first ones are those of their model. */
    private static final int SHORT = 8;

    public enum Kind {
        PHONE,
        FOLDER,
        ARCHIVE,
        /** A local backup of a phone on a disk. */
        PHONE_BACKUP,
        /** Other files that the cable shows of a phone. */
        PHONE_FILES,
        /** Other files in a local backup of a phone. */
        BACKUP_FILES;

        /** Returns whether nobody writes its files while they are read. */
        public boolean isAtRest() {
            return switch (this) {
                case PHONE, PHONE_FILES, FOLDER -> false;
                case ARCHIVE, PHONE_BACKUP, BACKUP_FILES -> true;
            };
        }
    }

    /**
     * Returns the id of the other files of a phone.
     *
     * @param phone the id of the phone, or of a local backup of one
     */
    public static String ofFiles(String phone) {
        return "files:" + phone;
    }

    /** Equivalent to the generated method, which costs a short run more: see {@link MediaFile#equals}. */
    @Override
    public boolean equals(Object other) {
        return other instanceof SourceId source
                && kind == source.kind
                && id.equals(source.id)
                && name.equals(source.name);
    }

    @Override
    public int hashCode() {
        return 31 * id.hashCode() + kind.hashCode();
    }

    /** Returns whether its files are not photos and stand alone. */
    public boolean isOfFiles() {
        return kind == Kind.PHONE_FILES || kind == Kind.BACKUP_FILES;
    }

    /** Returns the id in a form that may be shown to others: for a phone, enough to distinguish it from others. */
    public String shortened() {
        return isOfPhone() && id.length() > SHORT ? "…" + id.substring(id.length() - SHORT) : id;
    }

    /** Returns whether it is read from a phone itself. */
    public boolean isOnCable() {
        return kind == Kind.PHONE || kind == Kind.PHONE_FILES;
    }

    /** Returns whether its paths and names are those of a phone: it is one, or a backup of one. */
    public boolean isOfPhone() {
        return isOnCable() || kind == Kind.PHONE_BACKUP || kind == Kind.BACKUP_FILES;
    }
}
