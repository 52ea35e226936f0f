package dev.shoebox.archive.packing;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What an export is made as, told by the ending of its name. */
public enum Format {
    TAR(".tar", ""),
    TAR_GZ(".tar.gz", ".tgz"),
    TAR_ZST(".tar.zst", ".tzst"),
    /** Nothing in it is compressed: photos and films are already, and so every program reads it. */
    ZIP(".zip", ""),
    /** Whatever has no ending of an archive. */
    FOLDER("", "");

    /** Endings at which nobody expects a folder. */
    private static final Pattern OTHER_ARCHIVE =
            Pattern.compile(".*\\.(7z|rar|gz|bz2|xz|zst|lz4?|lzma|tbz2?|txz|tar\\.\\w+|iso|dmg|cpio|cab)");

    private final String usual;
    private final String brief;

    Format(String usual, String brief) {
        this.usual = usual;
        this.brief = brief;
    }

    /** Empty for an archive that is not written here. */
    public static Optional<Format> of(String name) {
        for (Format format : values()) {
            if (!format.ending(name).isEmpty()) {
                return Optional.of(format);
            }
        }
        return OTHER_ARCHIVE.matcher(name.toLowerCase(Locale.ROOT)).matches() ? Optional.empty() : Optional.of(FOLDER);
    }

    /** The ending of a name that makes it of this format, as it is spelt; empty where it has none. */
    public String ending(String name) {
        return Stream.of(usual, brief)
                .filter(ending -> !ending.isEmpty()
                        && name.length() > ending.length()
                        && name.toLowerCase(Locale.ROOT).endsWith(ending))
                .map(ending -> name.substring(name.length() - ending.length()))
                .findFirst()
                .orElse("");
    }

    public boolean isFolder() {
        return this == FOLDER;
    }
}
