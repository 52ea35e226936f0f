package dev.shoebox.photos.metadata;

import dev.shoebox.folder.FolderSource;
import dev.shoebox.photos.format.FileFormat;
import dev.shoebox.photos.format.FileKind;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import static dev.shoebox.photos.metadata.Crafted.ascii;
import static dev.shoebox.photos.metadata.Crafted.box;
import static dev.shoebox.photos.metadata.Crafted.bytes;
import static dev.shoebox.photos.metadata.Crafted.chunk;
import static dev.shoebox.photos.metadata.Crafted.concat;
import static dev.shoebox.photos.metadata.Crafted.exifSegment;
import static dev.shoebox.photos.metadata.Crafted.int32;
import static dev.shoebox.photos.metadata.Crafted.jpeg;
import static dev.shoebox.photos.metadata.Crafted.movieHeader;
import static dev.shoebox.photos.metadata.Crafted.png;
import static dev.shoebox.photos.metadata.Crafted.riffChunk;
import static dev.shoebox.photos.metadata.Crafted.tiff;
import static dev.shoebox.photos.metadata.Crafted.webp;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** Every place in which a media format must appear; docs/CONTRIBUTING.md has the recipe for a new one. */
class FormatsTest {
    private static final LocalDate DAY = LocalDate.of(2011, 6, 5);
    private static final Instant NOON = Instant.parse("2011-06-05T12:34:56Z");
    private static final byte[] EXIF = tiff().original("2011:06:05 12:34:56").build();

    /** No reader finds a date in these formats; the time of the file is used instead. */
    private static final Set<FileFormat> WITHOUT_DATE = EnumSet.of(
            FileFormat.GIF,
            FileFormat.BMP,
            FileFormat.JPEG_XR,
            FileFormat.OPEN_EXR,
            FileFormat.DPX,
            FileFormat.GIMP,
            FileFormat.BPG,
            FileFormat.FLIF,
            FileFormat.DICOM,
            FileFormat.MPEG_PS,
            FileFormat.MPEG_VIDEO,
            FileFormat.DV,
            FileFormat.FLASH_VIDEO,
            FileFormat.OGG_VIDEO,
            FileFormat.REAL_MEDIA,
            FileFormat.MXF,
            FileFormat.REDCODE,
            FileFormat.SOUND);

    @SuppressWarnings("ArrayRecordComponent")
    private record Example(String extension, byte[] content) {}

    @TempDir
    private Path folder;

    /** A small file of each format (the compiler requires it), with a date if the format can hold one. */
    private static Map<FileFormat, Example> examples() {
        Map<FileFormat, Example> examples = new EnumMap<>(FileFormat.class);
        for (FileFormat format : FileFormat.values()) {
            examples.put(format, example(format));
        }
        return examples;
    }

    private static Example example(FileFormat format) {
        byte[] exifBox = box("Exif", int32(0), EXIF);
        return switch (format) {
            case JPEG -> of("jpg", jpeg(exifSegment(EXIF)));
            case PNG -> of("png", png(chunk("eXIf", EXIF)));
            case GIF -> of("gif", ascii("GIF89a"), new byte[7]);
            case BMP -> of("bmp", ascii("BM"), new byte[12], bytes(40), new byte[40]);
            case WEBP -> of("webp", webp(riffChunk("VP8X", new byte[10]), riffChunk("EXIF", EXIF)));
            case HEIF -> of("heic", Crafted.heif("heic", EXIF));
            case TIFF -> of("tif", EXIF);
            case PHOTOSHOP -> of("psd", photoshop());
            case JPEG_2000 -> of("jp2", box("jP  ", bytes(0x0d, 0x0a, 0x87, 0x0a)), xmpBox());
            case JPEG_XL -> of("jxl", box("JXL ", bytes(0x0d, 0x0a, 0x87, 0x0a)), exifBox);
            case JPEG_XR -> of("jxr", ascii("II"), bytes(0xbc, 1), new byte[20]);
            case OPEN_EXR -> of("exr", ascii("v/1"), bytes(1), new byte[20]);
            case DPX -> of("dpx", ascii("SDPX"), new byte[20]);
            case GIMP -> of("xcf", ascii("gimp xcf file"), new byte[20]);
            case BPG -> of("bpg", ascii("BPG"), bytes(0xfb), new byte[20]);
            case FLIF -> of("flif", ascii("FLIF"), new byte[20]);
            case DICOM -> of("dcm", new byte[128], ascii("DICM"));
            case RAW -> of("raf", ascii("FUJIFILMCCD-RAW"), new byte[69], int32(88), jpeg(exifSegment(EXIF)));
            case ISO_MEDIA -> of("mp4", box("ftyp", ascii("mp42")), box("moov", movieHeader(noonSince1904())));
            case AVI -> of("avi", DatePlacesTest.avi("2011-06-05 12:34:56"));
            case ASF -> of("wmv", DatePlacesTest.asf(NOON));
            case MATROSKA -> of("mkv", DatePlacesTest.matroska(NOON));
            case MPEG_TS ->
                of("mts", DatePlacesTest.transportStream(192, bytes(0, 0x20, 0x11, 6, 5, 0x12, 0x34, 0x56)));
            case MPEG_PS -> of("mpg", bytes(0, 0, 1, 0xba), new byte[20]);
            case MPEG_VIDEO -> of("m2v", bytes(0, 0, 1, 0xb3), new byte[20]);
            case DV -> of("dv", bytes(0x1f, 7, 0), new byte[80]);
            case FLASH_VIDEO -> of("flv", ascii("FLV"), bytes(1), new byte[20]);
            case OGG_VIDEO -> of("ogv", ascii("OggS"), new byte[24], ascii("theora"));
            case REAL_MEDIA -> of("rm", ascii(".RMF"), new byte[20]);
            case MXF -> of("mxf", bytes(6, 0x0e, 0x2b, 0x34, 2, 5, 1, 1, 0x0d, 1, 2), new byte[20]);
            case REDCODE -> of("r3d", int32(8), ascii("RED2"), new byte[20]);
            case SOUND -> of("mp3", ascii("ID3"), new byte[20]);
        };
    }

    private static Example of(String extension, byte[]... content) {
        return new Example(extension, concat(content));
    }

    private static long noonSince1904() {
        return NOON.getEpochSecond() + 2_082_844_800L;
    }

    private static byte[] xmpBox() {
        byte[] uuid = {
            (byte) 0xbe,
            0x7a,
            (byte) 0xcf,
            (byte) 0xcb,
            (byte) 0x97,
            (byte) 0xa9,
            0x42,
            (byte) 0xe8,
            (byte) 0x9c,
            0x71,
            (byte) 0x99,
            (byte) 0x94,
            (byte) 0x91,
            (byte) 0xe3,
            (byte) 0xaf,
            (byte) 0xac
        };
        return box("uuid", uuid, ascii("<x exif:DateTimeOriginal='2011-06-05T12:34:56'/>"));
    }

    private static byte[] photoshop() {
        byte[] resources = DatePlacesTest.photoshop(DatePlacesTest.iptc("55", "20110605", "60", "123456+0000"));
        return concat(ascii("8BPS"), bytes(0, 1), new byte[20], int32(0), int32(resources.length), resources);
    }

    @Test
    void everyFormatIsRecognisedByItsContentAndByItsName() {
        Map<FileFormat, String> otherwise = new TreeMap<>();
        examples().forEach((format, example) -> {
            Optional<FileFormat> recognised =
                    FileFormat.of(ByteBuffer.wrap(example.content()), example.content().length);
            FileKind named = FileKind.ofExtension(example.extension());
            FileKind kind = format.isMedia() ? named : FileKind.OTHER;
            if (!recognised.equals(Optional.of(format)) || kind != format.kind()) {
                otherwise.put(format, recognised + ", ." + example.extension() + " is " + named);
            }
        });
        assertEquals(Map.of(), otherwise);
    }

    @Test
    void everyFormatHasADateOrIsKnownToHaveNone() {
        Map<FileFormat, Optional<LocalDate>> read = new EnumMap<>(FileFormat.class);
        Map<FileFormat, Optional<LocalDate>> expected = new EnumMap<>(FileFormat.class);
        examples().forEach((format, example) -> {
            read.put(format, Crafted.read(example.content()).captured().map(time -> time.local()
                    .toLocalDate()));
            expected.put(format, WITHOUT_DATE.contains(format) ? Optional.empty() : Optional.of(DAY));
        });
        assertEquals(expected, read);
    }

    /** Under its own name, and under one that reveals nothing. */
    @Test
    void aFolderGivesEveryFormatThatIsMedia() throws IOException {
        Set<String> media = new TreeSet<>();
        for (Map.Entry<FileFormat, Example> each : examples().entrySet()) {
            FileFormat format = each.getKey();
            for (String extension : Arrays.asList(each.getValue().extension(), "bin")) {
                String name = format + "." + extension;
                Files.write(folder.resolve(name), each.getValue().content());
                if (format.isMedia()) {
                    media.add(name);
                }
            }
        }
        try (MediaSource source = FolderSource.open(folder)) {
            assertEquals(
                    media,
                    source.list().files().stream().map(MediaFile::path).collect(Collectors.toCollection(TreeSet::new)));
        }
    }
}
