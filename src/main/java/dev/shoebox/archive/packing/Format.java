package dev.shoebox.archive.packing;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The format of an export, implied by the extension of its name. */
public enum Format {
    TAR(".tar", ""),
    TAR_GZ(".tar.gz", ".tgz"),
    TAR_ZST(".tar.zst", ".tzst"),
    /** Stored without compression: photos and films are compressed already, and every program can read it. */
    ZIP(".zip", ""),
    /** Any name without the extension of an archive. */
    FOLDER("", "");

    /** Extensions that nobody expects of a folder. */
    private static final Pattern OTHER_ARCHIVE =
            Pattern.compile(".*\\.(7z|rar|gz|bz2|xz|zst|lz4?|lzma|tbz2?|txz|tar\\.\\w+|iso|dmg|cpio|cab)");

    private final String usual;
    private final String brief;

    Format(String usual, String brief) {
        this.usual = usual;
        this.brief = brief;
    }

    /** Returns the format; empty for an archive format that cannot be written. */
    public static Optional<Format> of(String name) {
        for (Format format : values()) {
            if (!format.ending(name).isEmpty()) {
                return Optional.of(format);
            }
        }
        return OTHER_ARCHIVE.matcher(name.toLowerCase(Locale.ROOT)).matches() ? Optional.empty() : Optional.of(FOLDER);
    }

    /** Returns the extension that implies this format, as spelt in the name; empty if it has none. */
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
