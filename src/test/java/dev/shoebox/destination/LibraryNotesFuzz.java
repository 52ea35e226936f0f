package dev.shoebox.destination;

import dev.shoebox.photos.Role;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The notes that a backup keeps of a Photos library. */
final class LibraryNotesFuzz {
    private LibraryNotesFuzz() {}

    static List<byte[]> seeds() {
        String head = "{\"source\":{\"kind\":\"" + Backups.PHONE.kind() + "\",\"id\":\"" + Backups.PHONE.id()
                + "\",\"name\":\"Anna's iPhone\"},\"mark\":\"8192 2026-11-20T12:00:00Z\"}\n";
        String photo = "{\"path\":\"DCIM/100APPLE/IMG_0001.HEIC\",\"albums\":[\"Trips/Rome\"],\"absent\":[\""
                + Role.PHOTO + "\"],\"bytes\":2500000}\n";
        return Stream.of(head + photo, head + photo + "{\"path\":\"DCIM/100APPLE/IMG_0002.MOV\"}\n{\"pa")
                .map(text -> text.getBytes(UTF_8))
                .toList();
    }

    public static void fuzzerTestOneInput(byte[] bytes) {
        try {
            LibraryNotes.read(new OneFileDisk(bytes), Backups.PHONE)
                    .ifPresent(read -> read.notes().forEach(LibraryNote::asset));
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
