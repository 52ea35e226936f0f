package dev.shoebox.photos.metadata.tag;

import com.drew.imaging.tiff.TiffReader;
import com.drew.lang.RandomAccessReader;
import com.drew.metadata.tiff.DirectoryTiffHandler;
import dev.shoebox.photos.metadata.field.MetadataBuilder;

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
 * Takes the needed values from the directories that metadata-extractor visits: the first one, Exif, GPS, and the maker
 * note. Claims to handle every tag, so that metadata-extractor reads and keeps no value: a JPEG of 65 KB whose tags all
 * point at the same bytes could make it keep 300 MB.
 */
final class TiffTags extends DirectoryTiffHandler {

    private static final int XMP = 0x02bc;
    private static final int IPTC = 0x83bb;
    private static final int PHOTOSHOP = 0x8649;
    private static final int MAKER_NOTE = 0x927c;

    /** A pointer to a directory, in a type unknown to metadata-extractor. */
    private static final int TYPE_IFD = 13;

    /** In Apple's maker note; links a still to the video of its Live Photo. */
    private static final int CONTENT_IDENTIFIER = 0x0011;

    private static final byte[] APPLE = "Apple iOS\0".getBytes(StandardCharsets.US_ASCII);
    private static final int APPLE_DIRECTORY = 14;

    /** More tags than any file has; metadata-extractor calls once for each component of a tag. */
    private static final int MOST_STEPS = 100_000;

    private static final Set<Integer> STRINGS = Set.of(
            TiffValues.MAKE,
            TiffValues.MODEL,
            TiffValues.CHANGED,
            TiffValues.DESCRIPTION,
            TiffValues.ORIGINAL,
            TiffValues.DIGITIZED,
            TiffValues.OFFSET_CHANGED,
            TiffValues.OFFSET_ORIGINAL,
            TiffValues.OFFSET_DIGITIZED,
            TiffValues.FRACTION_CHANGED,
            TiffValues.FRACTION_ORIGINAL,
            TiffValues.FRACTION_DIGITIZED,
            TiffValues.LENS);
    private static final Set<Integer> NUMBERS = Set.of(
            TiffValues.EXPOSURE_TIME,
            TiffValues.F_NUMBER,
            TiffValues.ISO,
            TiffValues.FOCAL_LENGTH,
            TiffValues.WIDTH,
            TiffValues.HEIGHT);

    /** The structure needs more steps than any valid one. */
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

    private void step() {
        if (++steps > MOST_STEPS) {
            throw new TooMuchException();
        }
    }

    @Override
    public void setTiffMarker(int marker) {
        // Tiff.isAt has checked the markers.
    }

    @Override
    public boolean tryEnterSubIfd(int tagId) {
        step();
        if (levels.size() > 1 || !TiffValues.isPointer(tagId)) {
            return false;
        }
        levels.push(tagId == TiffValues.EXIF ? Level.EXIF : Level.GPS);
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
                    found.contentIdentifier(TiffValues.string(reader, tagOffset, byteCount));
                }
            } else if (levels.peek() == Level.CAMERA) {
                camera.tag(maker, tagId, (TiffBlock) reader, tagOffset, byteCount);
            } else {
                value((TiffBlock) reader, tagId, tagOffset, byteCount);
            }
        } catch (EOFException outside) {
            // A tag with an invalid offset costs only itself.
        }
        return true;
    }

    private void value(TiffBlock block, int tag, int at, int count) throws IOException {
        if (STRINGS.contains(tag)) {
            if (!strings.containsKey(tag)) {
                strings.put(tag, TiffValues.string(block, at, count));
            }
        } else if (NUMBERS.contains(tag)) {
            if (!numbers.containsKey(tag)) {
                TiffValues.number(block, at, count).ifPresent(value -> numbers.put(tag, value));
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
        Optional<MakerNote.Directory> note = MakerNote.find(block, at, strings.getOrDefault(TiffValues.MAKE, ""));
        if (note.isPresent()) {
            maker = note.get().maker();
            walk(note.get().block(), Level.CAMERA, note.get().at());
        }
    }

    /** The note starts with the maker's name, has its own byte order, and counts offsets from its own start. */
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
