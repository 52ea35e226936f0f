package dev.shoebox.photos.metadata.container;

import com.drew.imaging.riff.RiffHandler;
import com.drew.imaging.riff.RiffReader;
import dev.shoebox.photos.CaptureTime.Origin;
import dev.shoebox.photos.metadata.field.BoundedReader;
import dev.shoebox.photos.metadata.field.DateText;
import dev.shoebox.photos.metadata.field.MetadataBuilder;
import dev.shoebox.photos.metadata.field.MetadataBuilder.Rank;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Reads the dates of AVI films, which digital cameras wrote for ten years: IDIT and the chunks of the INFO list. */
public final class Avi implements RiffHandler {
    private static final Set<String> LISTS = Set.of("hdrl", "INFO", "ncdt", "odml", "Tdat");
    private static final Set<String> CHUNKS = Set.of("ICRD", "IDIT", "INAM", "IART", "ISFT", "avih");
    private static final int HEADER = 12;
    private static final int LONGEST_CHUNK = 512;

    /** The limit on nested lists, which are read recursively. */
    private static final int MOST_LISTS = 32;

    private final BoundedReader reader;
    private final RiffSequence sequence;
    private final MetadataBuilder found;
    private int lists;

    private Avi(BoundedReader reader, RiffSequence sequence, MetadataBuilder found) {
        this.reader = reader;
        this.sequence = sequence;
        this.found = found;
    }

    public static void read(BoundedReader reader, MetadataBuilder found) throws IOException {
        RiffSequence sequence = new RiffSequence(reader);
        sequence.setMotorolaByteOrder(false);
        sequence.skip(HEADER);
        new RiffReader().processChunks(sequence, reader.size(), new Avi(reader, sequence, found));
        if (sequence.failure().isPresent()) {
            throw sequence.failure().get();
        }
    }

    @Override
    public boolean shouldAcceptRiffIdentifier(String identifier) {
        return true;
    }

    @Override
    public boolean shouldAcceptChunk(String fourCC) {
        return CHUNKS.contains(fourCC);
    }

    @Override
    public boolean shouldAcceptList(String fourCC) {
        return LISTS.contains(fourCC) && ++lists <= MOST_LISTS;
    }

    @Override
    public void processChunk(String fourCC, byte[] payload) {
        switch (fourCC) {
            case "IDIT" -> date("RIFF IDIT", idit(payload));
            case "ICRD" -> date("RIFF ICRD", text(payload));
            case "INAM" -> found.title(text(payload));
            default -> {
                // Neither date nor name.
            }
        }
    }

    private void date(String field, String text) {
        DateText.parse(text, Origin.CAMERA).ifPresent(time -> found.captured(Rank.CAMERA, field, time));
    }

    /**
     * RiffReader drops the last two bytes, assuming that every program writes the line feed and the NUL of C's ctime.
     */
    private String idit(byte[] payload) {
        if (payload.length > LONGEST_CHUNK) {
            return text(payload);
        }
        try {
            return text(reader.bytes(sequence.getPosition() - payload.length, payload.length + 2));
        } catch (IOException cut) {
            return text(payload);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, 0, Math.min(bytes.length, LONGEST_CHUNK), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void addError(String message) {
        // Facts found before the damage are kept.
    }
}
