package dev.shoebox.folder;

import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.Listings;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.PassedOver;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Files of cameras, phones, programs and systems: each is taken or skipped, and classified. */
class KindsOfFilesTest {
    /** The content, and the path. */
    private static final String TAKEN = """
            jpeg card/DCIM/100CANON/IMG_0001.JPG
            ii card/DCIM/100CANON/IMG_0001.CR2
            film card/DCIM/100CANON/MVI_0002.MP4
            jpeg card/DCIM/100CANON/MVI_0002.THM
            ciff card/DCIM/100CANON/CRW_0003.CRW
            jpeg card/DCIM/100CANON/CRW_0003.THM
            mm card/DCIM/101ND850/DSC_0001.NEF
            text card/DCIM/101ND850/NKSC_PARAM/DSC_0001.NEF.nksc
            film sony/PRIVATE/M4ROOT/CLIP/C0001.MP4
            text sony/PRIVATE/M4ROOT/CLIP/C0001M01.XML
            packets sony/PRIVATE/AVCHD/BDMV/STREAM/00000.MTS
            film gopro/DCIM/100GOPRO/GX010001.MP4
            jpeg gopro/DCIM/100GOPRO/GX010001.THM
            film gopro/DCIM/100GOPRO/GX010001.LRV
            film gopro/DCIM/100GOPRO/GS010002.360
            ii gopro/DCIM/100GOPRO/GOPR0003.GPR
            film dji/DCIM/DJI_001/DJI_0001.MP4
            text dji/DCIM/DJI_001/DJI_0001.SRT
            film dji/DCIM/DJI_001/DJI_0001.LRF
            jpeg sound/IMG_0004.JPG
            text sound/IMG_0004.m4a
            text sound/IMG_0004.mp3
            film insta/DCIM/Camera01/VID_1_00_001.insv
            jpeg insta/DCIM/Camera01/IMG_1.insp
            mm raw/a.3fr
            ii raw/b.iiq
            sigma raw/c.X3F
            fuji raw/d.raf
            heif raw/e.heics
            heif raw/f.HEIFS
            jpeg wrong/jpeg.heic
            film wrong/film.JPG
            heif wrong/heif.jpg
            jpeg wrong/without
            film wrong/filmwithout
            jpeg wrong/a.b.c.d.JPG
            jpeg wrong/dot.
            jpeg wrong/photo.jpg.bak
            jpeg wrong/photo.JPG_original
            heif wrong/x.tmp
            jpeg wrong/IMG (1).jpg.crdownload
            film wrong/data.bin
            jpeg wrong/letter.doc
            jpeg wrong/weird.json
            jpeg wrong/song.mp3
            jpeg wrong/UPPER.JPEG
            jpeg wrong/.hidden.jpg
            jpeg wrong/.photo
            ii c1/IMG_1.IIQ
            text c1/CaptureOne/Settings153/IMG_1.IIQ.cos
            ii lr/x.ARW
            text lr/x.xmp
            text lr/x.ARW.xmp
            jpeg picasa/x.jpg
            jpeg picasa/.picasaoriginals/x.jpg
            """;

    /** The kind, the content, and the path. */
    private static final String PASSED_OVER = """
            data bytes card/DCIM/CANONMSC/M0100.CTG
            unknown bytes card/DCIM/CANONMSC/CANON.DAT
            document text card/MISC/AUTPRINT.MRK
            document text sony/PRIVATE/M4ROOT/MEDIAPRO.XM
            data bytes sony/PRIVATE/AVCHD/BDMV/INDEX.BDM
            data bytes sony/PRIVATE/AVCHD/BDMV/CLIPINF/00000.CPI
            data bytes sony/PRIVATE/AVCHD/BDMV/PLAYLIST/00000.MPL
            document text gopro/MISC/version.txt
            unknown bytes insta/DCIM/fileinfo_list.list
            document pdf wrong/doc.pdf
            document text wrong/app.ts
            sound id3 wrong/alone.mp3
            sound sound wrong/v.m4a
            document none wrong/empty.txt
            data bytes lr/Cat.lrcat
            unread-archive rar stuff/trip.rar
            unread-archive rar stuff/trip
            thumbnails jpeg nas/@eaDir/a.jpg/SYNOPHOTO_THUMB_XL.jpg
            thumbnails jpeg nas/.@__thumb/default_a.jpg
            trash jpeg nas/#recycle/b.jpg
            trash jpeg nas/@Recycle/c.jpg
            snapshots jpeg nas/@Recently-Snapshot/GMT/x.jpg
            snapshots jpeg nas/#snapshot/GMT/x.jpg
            snapshots jpeg nas/.snapshot/daily/x.jpg
            snapshots jpeg nas/.zfs/snapshot/d/x.jpg
            trash jpeg win/$RECYCLE.BIN/S-1/$R1.jpg
            system jpeg win/System Volume Information/x.jpg
            trash jpeg mac/.Trashes/501/x.jpg
            system bytes mac/.DS_Store
            system appledouble mac/._IMG_1.JPG
            trash jpeg lin/.Trash-1000/files/x.jpg
            thumbnails jpeg lin/.thumbnails/normal/x.png
            cache jpeg and/Android/data/com.x/cache/i.jpg
            derivatives bytes lr/Cat Previews.lrdata/A/1.lrprev
            """;

    @TempDir
    private Path folder;

    private final Map<String, String> files = new TreeMap<>();
    private final Map<String, String> kinds = new TreeMap<>();

    private static String content(String word, int number) {
        String own = "%06d".formatted(number);
        return switch (word) {
            case "none" -> "";
            case "text" -> "some words " + own;
            case "bytes" -> "\0\1\2\3" + own;
            case "pdf" -> "%PDF-1.4 " + own;
            case "id3" -> "ID3\3\0\0" + own;
            case "rar" -> "Rar!\u001a\7" + own;
            case "jpeg" ->
                "\u00ff\u00d8\u00ff\u00fe\0\10" + own + "\u00ff\u00c0\0\13\10\0\1\0\1\1\1\u0011\0\u00ff\u00d9";
            case "ii" -> "II*\0\10\0\0\0\0\0" + own;
            case "mm" -> "MM\0*\0\0\0\10\0\0" + own;
            case "ciff" -> "II\u001a\0\0\0HEAPCCDR" + own;
            case "sigma" -> "FOVb\0\0\2\0" + own;
            case "fuji" -> "FUJIFILMCCD-RAW 0201" + own;
            case "film" -> "\0\0\0\u0014ftypqt  \0\0\0\0qt  \0\0\0\16moov" + own;
            case "sound" -> "\0\0\0\u0014ftypM4A \0\0\0\0M4A \0\0\0\16moov" + own;
            case "heif" -> "\0\0\0\u0014ftypheic\0\0\0\0mif1\0\0\0\16meta" + own;
            case "packets" -> ("\0\0\0\0G" + "\1".repeat(187)).repeat(8);
            case "appledouble" -> "\0\5\u0016\7\0\2\0\0Mac OS X        " + own;
            default -> throw new IllegalArgumentException(word);
        };
    }

    private void expected() {
        TAKEN.lines().forEach(line -> {
            String[] words = line.split(" ", 2);
            files.put(words[1], content(words[0], files.size()));
        });
        PASSED_OVER.lines().forEach(line -> {
            String[] words = line.split(" ", 3);
            files.put(words[2], content(words[1], files.size()));
            kinds.put(words[2], words[0]);
        });
    }

    private Path packed(String form) throws IOException {
        if (form.equals("folder")) {
            Path here = folder.resolve("source");
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path path = here.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.write(path, file.getValue().getBytes(ISO_8859_1));
            }
            return here;
        }
        Packing.Format format = Packing.Format.valueOf(form);
        return Files.write(
                folder.resolve("source." + (format == Packing.Format.TAR_GZ ? "tar.gz" : "zip")),
                Packing.packed(format, List.copyOf(files.entrySet())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"folder", "ZIP", "TAR_GZ"})
    void eachFileIsReadOrSkippedByItsKind(String form) throws IOException {
        expected();
        try (MediaSource source = FolderSource.open(packed(form))) {
            Listing listing = source.list();
            assertEquals(files.size(), listing.inventory().found());
            assertTrue(Listings.isComplete(listing), "the account adds up");
            Map<String, String> found = new TreeMap<>();
            listing.files().forEach(file -> found.put(file.path(), "taken"));
            for (PassedOver what : listing.inventory().named()) {
                files.keySet().stream()
                        .filter(path -> path.equals(what.path()) || path.startsWith(what.path() + "/"))
                        .forEach(path -> found.putIfAbsent(path, what.kind().word()));
            }
            Map<String, String> otherwise = new TreeMap<>();
            files.keySet().forEach(path -> {
                if (!found.getOrDefault(path, "nothing").equals(kinds.getOrDefault(path, "taken"))) {
                    otherwise.put(path, kinds.getOrDefault(path, "taken") + " expected, " + found.get(path) + " found");
                }
            });
            assertEquals(Map.of(), otherwise);
        }
    }
}
