package dev.shoebox.photos.metadata.tag;

import dev.shoebox.photos.metadata.field.MetadataBuilder;

import com.drew.imaging.tiff.TiffReader;
import com.drew.lang.RandomAccessReader;
import com.drew.metadata.tiff.DirectoryTiffHandler;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes what is wanted from the directories that metadata-extractor walks: the first, the Exif directory, the one of the
 * position, the maker note. Every tag counts as handled here, so that metadata-extractor reads and keeps no value: it can
 * be made to keep 300 MB by a JPEG of 65 KB whose tags all point at the same bytes.
 */
final class TiffTags extends DirectoryTiffHandler {
    static final int MAKE = 0x010f;
    static final int MODEL = 0x0110;
    static final int CHANGED = 0x0132;
    static final int DESCRIPTION = 0x010e;
    static final int EXPOSURE_TIME = 0x829a;
    static final int F_NUMBER = 0x829d;
    static final int ISO = 0x8827;
    static final int ORIGINAL = 0x9003;
    static final int DIGITIZED = 0x9004;
    static final int OFFSET_CHANGED = 0x9010;
    static final int OFFSET_ORIGINAL = 0x9011;
    static final int OFFSET_DIGITIZED = 0x9012;
    static final int FOCAL_LENGTH = 0x920a;
    static final int FRACTION_CHANGED = 0x9290;
    static final int FRACTION_ORIGINAL = 0x9291;
    static final int FRACTION_DIGITIZED = 0x9292;
    static final int WIDTH = 0xa002;
    static final int HEIGHT = 0xa003;
    static final int LENS = 0xa434;

    private static final int XMP = 0x02bc;
    private static final int IPTC = 0x83bb;
    private static final int PHOTOSHOP = 0x8649;
    private static final int EXIF = 0x8769;
    private static final int GPS = 0x8825;
    private static final int MAKER_NOTE = 0x927c;

    /** A pointer to a directory, in a type that metadata-extractor does not know. */
    private static final int TYPE_IFD = 13;

    /** In Apple's maker note; ties a still to the video of its Live Photo. */
    private static final int CONTENT_IDENTIFIER = 0x0011;

    private static final byte[] APPLE = "Apple iOS\0".getBytes(StandardCharsets.US_ASCII);
    private static final int APPLE_DIRECTORY = 14;
    private static final int LONGEST_STRING = 256;

    /** More tags than any file has; metadata-extractor asks for each component of a tag. */
    private static final int MOST_STEPS = 100_000;

    private static final Set<Integer> STRINGS = Set.of(
            MAKE,
            MODEL,
            CHANGED,
            DESCRIPTION,
            ORIGINAL,
            DIGITIZED,
            OFFSET_CHANGED,
            OFFSET_ORIGINAL,
            OFFSET_DIGITIZED,
            FRACTION_CHANGED,
            FRACTION_ORIGINAL,
            FRACTION_DIGITIZED,
            LENS);
    private static final Set<Integer> NUMBERS = Set.of(EXPOSURE_TIME, F_NUMBER, ISO, FOCAL_LENGTH, WIDTH, HEIGHT);

    /** More was asked of a structure than any sound one takes. */
    static final class TooMuchException extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooMuchException() {
            super("too many tags", null, false, false);
        }
    }

    private enum Level {
        FIRST,
        EXIF,
        GPS,
        APPLE,
        CAMERA
    }

    private final MetadataBuilder found;
    private final Map<Integer, String> strings = new HashMap<>();
    private final Map<Integer, Double> numbers = new HashMap<>();
    private final GpsTags position = new GpsTags();
    private final MakerNote camera = new MakerNote();
    private final Deque<Level> levels = new ArrayDeque<>();
    private long makerNote = -1;
    private MakerNote.Maker maker = MakerNote.Maker.CANON;
    private int steps;

    TiffTags(MetadataBuilder found) {
        super(new com.drew.metadata.Metadata(), null);
        this.found = found;
        levels.push(Level.FIRST);
    }

    /** Whether a tag leads to a directory that is read. */
    static boolean isPointer(int tag) {
        return tag == EXIF || tag == GPS;
    }

    private void step() {
        if (++steps > MOST_STEPS) {
            throw new TooMuchException();
        }
    }

    @Override
    public void setTiffMarker(int marker) {
        // Tiff.isAt knows the markers.
    }

    @Override
    public boolean tryEnterSubIfd(int tagId) {
        step();
        if (levels.size() > 1 || !isPointer(tagId)) {
            return false;
        }
        levels.push(tagId == EXIF ? Level.EXIF : Level.GPS);
        return true;
    }

    @Override
    public void endingIFD() {
        levels.poll();
    }

    /** The second directory describes the thumbnail. */
    @Override
    public boolean hasFollowerIfd() {
        return false;
    }

    @Override
    public Long tryCustomProcessFormat(int tagId, int formatCode, long componentCount) {
        step();
        return formatCode == TYPE_IFD ? componentCount * 4 : componentCount;
    }

    @Override
    public boolean customProcessTag(
            int tagOffset,
            Set<Integer> processedIfdOffsets,
            int tiffHeaderOffset,
            RandomAccessReader reader,
            int tagId,
            int byteCount)
            throws IOException {
        step();
        try {
            if (levels.peek() == Level.GPS) {
                position.tag(tagId, reader, tagOffset, byteCount);
            } else if (levels.peek() == Level.APPLE) {
                if (tagId == CONTENT_IDENTIFIER) {
                    found.contentIdentifier(string(reader, tagOffset, byteCount));
                }
            } else if (levels.peek() == Level.CAMERA) {
                camera.tag(maker, tagId, (TiffBlock) reader, tagOffset, byteCount);
            } else {
                value((TiffBlock) reader, tagId, tagOffset, byteCount);
            }
        } catch (EOFException outside) {
            // One tag that points nowhere costs itself.
        }
        return true;
    }

    private void value(TiffBlock block, int tag, int at, int count) throws IOException {
        if (STRINGS.contains(tag)) {
            if (!strings.containsKey(tag)) {
                strings.put(tag, string(block, at, count));
            }
        } else if (NUMBERS.contains(tag)) {
            if (!numbers.containsKey(tag)) {
                number(block, at, count).ifPresent(value -> numbers.put(tag, value));
            }
        } else if (tag == MAKER_NOTE && makerNote < 0) {
            makerNote = at;
            makerNote(block, at);
        } else if (tag == XMP) {
            Xmp.read(block.reader(), block.inFile(at), block.inFile(at) + Math.min(count, block.from(at)), found);
        } else if (tag == IPTC) {
            Iptc.read(block.reader(), block.inFile(at), block.inFile(at) + Math.min(count, block.from(at)), found);
        } else if (tag == PHOTOSHOP) {
            Iptc.inPhotoshop(
                    block.reader(), block.inFile(at), block.inFile(at) + Math.min(count, block.from(at)), found);
        }
    }

    private void makerNote(TiffBlock block, int at) throws IOException {
        if (appleMakerNote(block, at)) {
            return;
        }
        Optional<MakerNote.Directory> note = MakerNote.find(block, at, strings.getOrDefault(MAKE, ""));
        if (note.isPresent()) {
            maker = note.get().maker();
            walk(note.get().block(), Level.CAMERA, note.get().at());
        }
    }

    /** The note begins with its maker's name, has its own byte order, and counts offsets from its own start. */
    private boolean appleMakerNote(TiffBlock block, int at) throws IOException {
        if (block.from(at) < APPLE_DIRECTORY) {
            return false;
        }
        byte[] head = block.getBytes(at, APPLE_DIRECTORY);
        for (int i = 0; i < APPLE.length; i++) {
            if (head[i] != APPLE[i]) {
                return false;
            }
        }
        TiffBlock note = block.within(at);
        note.setMotorolaByteOrder(head[APPLE_DIRECTORY - 2] == 'M');
        walk(note, Level.APPLE, APPLE_DIRECTORY);
        return true;
    }

    private void walk(TiffBlock note, Level level, int directory) throws IOException {
        levels.push(level);
        int before = levels.size();
        try {
            TiffReader.processIfd(this, note, new HashSet<>(), directory, 0);
        } finally {
            while (levels.size() >= before) {
                levels.pop();
            }
        }
    }

    static String string(RandomAccessReader reader, int at, int count) throws IOException {
        long most = reader instanceof TiffBlock block ? block.from(at) : count;
        int length = (int) Math.min(Math.min(count, LONGEST_STRING), most);
        String text = new String(reader.getBytes(at, length), StandardCharsets.UTF_8);
        int nul = text.indexOf('\0');
        return nul < 0 ? text : text.substring(0, nul);
    }

    /** A SHORT, a LONG or a RATIONAL, told apart by its length. */
    static Optional<Double> number(RandomAccessReader reader, int at, int count) throws IOException {
        if (count == 2) {
            return Optional.of((double) reader.getUInt16(at));
        } else if (count == 4) {
            return Optional.of((double) reader.getUInt32(at));
        } else if (count >= 8) {
            long denominator = reader.getUInt32(at + 4);
            return denominator == 0 ? Optional.empty() : Optional.of((double) reader.getUInt32(at) / denominator);
        }
        return Optional.empty();
    }

    @Override
    public void warn(String message) {
        step();
    }

    @Override
    public void error(String message) {
        step();
    }

    void conclude() {
        ExifFacts.add(strings, numbers, camera, found);
        position.addTo(found);
    }
}
