package dev.shoebox.photos.sorting;

import dev.shoebox.photos.format.FileKind;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.PassedOver;
import dev.shoebox.photos.source.PassedOver.Kind;

import java.util.HashMap;
import java.util.Map;

/** Classifies files other than photos and films, by name or else by their first bytes. */
final class NonMediaFiles {
    private static final Map<String, Kind> BY_EXTENSION = new HashMap<>();

    static {
        put(
                Kind.DOCUMENT,
                "pdf doc docx xls xlsx ppt pptx odt ods odp txt rtf md html htm csv pages numbers key epub tex");
        put(Kind.DOCUMENT, "log ics vcf eml msg xps djvu ai eps ps indd url webloc lnk srt vtt");
        put(Kind.SOUND, "mp3 m4a m4b aac flac ogg oga opus wma aif aiff aifc mid midi ape wv mka 3ga amr wav caf ra");
        put(Kind.UNREAD_ARCHIVE, "zip rar 7z tar tgz tbz txz dmg iso cab");
        put(Kind.ARCHIVE, "gz bz2 xz zst lz4 lzma img z01 001 ipsw backup");
        put(
                Kind.PROGRAM,
                "exe msi dll apk ipa sh bat cmd ps1 py js mjs so dylib class jar java c h cpp o a rb pl php go rs");
        put(
                Kind.DATA,
                "json xml plist db sqlite sqlite3 ini cfg conf yaml yml toml gpx nmea kml kmz fit lrcat cocatalog");
        put(Kind.DATA, "moi modd ifo bup cpi mpl bdm ctg ind idx ico cur icns icc icm ttf otf bin");
    }

    private NonMediaFiles() {}

    private static void put(Kind kind, String extensions) {
        for (String extension : extensions.split(" ", -1)) {
            BY_EXTENSION.put(extension, kind);
        }
    }

    /** Returns whether the name alone shows that it is not a photo or film. */
    static boolean isKnown(String name) {
        return BY_EXTENSION.containsKey(FileKind.extension(name));
    }

    static PassedOver of(MediaFile file, FileProbe content) {
        Kind kind = BY_EXTENSION.getOrDefault(FileKind.extension(file.name()), content.kind());
        return new PassedOver(file.path(), kind, why(kind, file.size()));
    }

    private static String why(Kind kind, long size) {
        if (size == 0) {
            return "it is empty, and its name is not that of a photo or video";
        }
        return switch (kind) {
            case ARCHIVE, UNREAD_ARCHIVE ->
                "an archive that was not opened; to back up photos in it, pass it to --from";
            case SOUND -> "a sound recording that belongs to no photo or video in its folder";
            case UNKNOWN -> "neither its name nor its content is that of a photo or video";
            default -> "not a photo or video, and belongs to none in its folder";
        };
    }
}
