package dev.shoebox.photos.metadata;

import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.metadata.field.MediaFacts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Facts that cameras record only in their maker notes. */
class MakerNotesTest {
    private static final List<Integer> ZOOM = List.of(180, 550, 35, 56);

    private static MediaFacts facts(byte[] photo) throws IOException {
        return Metadata.readAll(new Crafted.Counting(photo));
    }

    private static Optional<String> lens(byte[] photo) throws IOException {
        return facts(photo).details().lens();
    }

    private static Optional<ZoneOffset> offset(byte[] photo) throws IOException {
        CaptureTime captured = facts(photo).captured().orElseThrow();
        assertEquals(LocalDateTime.of(2011, 6, 5, 12, 34, 56), captured.local());
        return captured.offset();
    }

    @Test
    void theLensIsReadFromTheNote() throws IOException {
        assertEquals(Optional.of("EF50mm f/1.8"), lens(CraftedNote.canon("EF50mm f/1.8", 120, "", "")));
        assertEquals(Optional.of("LUMIX G 20/F1.7"), lens(CraftedNote.panasonic("LUMIX G 20/F1.7")));
        assertEquals(Optional.of("18-55mm f/3.5-5.6"), lens(CraftedNote.nikon(ZOOM, 60, 1)));
        assertEquals(Optional.of("50mm f/1.8"), lens(CraftedNote.nikon(List.of(500, 500, 18, 18), 60, 1)));
    }

    @Test
    void theLensOfExifComesFirst() throws IOException {
        assertEquals(Optional.of("Of EXIF"), lens(CraftedNote.canon("EF50mm f/1.8", 120, "", "Of EXIF")));
    }

    @Test
    void noLensIsMadeUp() throws IOException {
        assertEquals(Optional.empty(), lens(CraftedNote.canon("", 120, "", "")));
        assertEquals(Optional.empty(), lens(CraftedNote.panasonic("NO-LENS")));
        assertEquals(Optional.empty(), lens(CraftedNote.nikon(List.of(0, 0, 0, 0), 60, 1)));
    }

    @Test
    void theZoneOfTheClockIsReadFromTheNote() throws IOException {
        Optional<ZoneOffset> two = Optional.of(ZoneOffset.ofHours(2));
        assertEquals(two, offset(CraftedNote.canon("", 120, "", "")));
        assertEquals(two, offset(CraftedNote.nikon(ZOOM, 60, 1)));
        assertEquals(Optional.of(ZoneOffset.ofHours(-8)), offset(CraftedNote.nikon(ZOOM, -480, 0)));
    }

    @Test
    void theOffsetOfExifComesFirst() throws IOException {
        assertEquals(Optional.of(ZoneOffset.ofHours(9)), offset(CraftedNote.canon("", 120, "+09:00", "")));
    }

    @ParameterizedTest
    @ValueSource(ints = {121, 900, -900, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void anImpossibleZoneIsIgnored(int minutes) throws IOException {
        assertEquals(Optional.empty(), offset(CraftedNote.canon("", minutes, "", "")));
    }

    @ParameterizedTest
    @CsvSource({"60, 2", "60, 255", "7, 0", "-32768, 1"})
    void anImpossibleWorldTimeIsIgnored(int minutes, int summer) throws IOException {
        assertEquals(Optional.empty(), offset(CraftedNote.nikon(ZOOM, minutes, summer)));
    }

    @ParameterizedTest
    @ValueSource(ints = {-40, -16, 4, 8, 40, 5_000, 0x7fff_0000})
    void aNoteMovedWithoutItsOffsetsGivesNoZone(int by) throws IOException {
        assertEquals(Optional.empty(), offset(CraftedNote.movedCanon(by)));
    }

    @Test
    void aNoteThatIsCutCostsOnlyItself() throws IOException {
        byte[] photo = CraftedNote.nikon(ZOOM, 60, 1);
        for (int length = photo.length - 1; length > photo.length - 90; length--) {
            byte[] cut = Arrays.copyOf(photo, length);
            assertEquals(
                    LocalDateTime.of(2011, 6, 5, 12, 34, 56),
                    facts(cut).captured().orElseThrow().local());
        }
    }

    @Test
    void aNoteFullOfTagsStaysWithinTheBudget() throws IOException {
        for (String make : List.of("Canon", "Panasonic\0\0\0", "Nikon\0\2\0\0\0MM\0\52\0\0\0\10")) {
            byte[] note = new byte[60_000];
            for (int at = 0; at + 12 <= note.length; at += 12) {
                byte[] entry = Crafted.concat(
                        Crafted.bytes(0, at % 5 == 0 ? 0x95 : 0x51, 0, 2), Crafted.int32(4_000), Crafted.int32(0));
                System.arraycopy(entry, 0, note, at, 12);
            }
            byte[] head = make.equals("Canon") ? new byte[0] : Crafted.ascii(make);
            byte[] photo = Crafted.tiff()
                    .make(make, "M")
                    .original("2011:06:05 12:34:56")
                    .makerNote(Crafted.concat(head, Crafted.bytes(0xff, 0xff), note))
                    .build();
            HostileBytesTest.assertBounded(new Crafted.Counting(photo), make);
            assertEquals(Optional.empty(), offset(photo));
        }
    }
}
