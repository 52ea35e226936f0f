package dev.shoebox.folder;

import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.Listings;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.MediaSource.Request;
import dev.shoebox.photos.source.PassedOver;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SplitExportTest {
    @TempDir
    Path folder;

    private static String jpeg(String content) {
        return "\u00ff\u00d8\u00ff\u00e0" + content;
    }

    private void pack(String name, Packing.Format format, Map<String, String> files) throws IOException {
        Files.write(folder.resolve(name), Packing.packed(format, List.copyOf(files.entrySet())));
    }

    @ParameterizedTest
    @EnumSource
    void aTextInAnotherPartOfAnExportBelongsToItsPhoto(Packing.Format format) throws IOException {
        String extension = format == Packing.Format.TAR_GZ ? ".tgz" : format == Packing.Format.TAR ? ".tar" : ".zip";
        String export = "takeout-20260528T220800Z";
        String place = "Takeout/Google Photos/x/";
        pack(
                export + "-001" + extension,
                format,
                Map.of(
                        place + "a.jpg.supplemental-metadata.json",
                        "{\"a\": 1}",
                        place + "c.jpg.json",
                        "{}",
                        place + "d.jpg.json",
                        "{\"d\": 1}",
                        place + "metadata.json",
                        "{}",
                        "Takeout/b.jpg.json",
                        "{}"));
        pack(
                export + "-002" + extension,
                format,
                Map.of(
                        place + "a.jpg", jpeg("a"),
                        place + "b.jpg", jpeg("b"),
                        place + "b.jpg.json", "{}",
                        place + "d.jpg", jpeg("d"),
                        place + "d.jpg.json", "{\"d\": 2}"));
        pack(export + "-003" + extension, format, Map.of(place + "a-edited.jpg", jpeg("e")));
        try (MediaSource source = FolderSource.open(folder)) {
            String in = export + "/" + place;
            Listing listing = source.list();
            assertTrue(Listings.isComplete(listing), "the account adds up");
            List<Request> requests =
                    listing.files().stream().map(file -> new Request(file, 0)).toList();
            Map<String, String> content = Drained.of(source, requests).whole();
            assertEquals("{\"d\": 2}", content.get(in + "d.jpg.json"));
            assertEquals("{\"a\": 1}", content.get(in + "a.jpg.supplemental-metadata.json"));
            assertEquals(
                    Set.of(
                            in + "a.jpg",
                            in + "a.jpg.supplemental-metadata.json",
                            in + "a-edited.jpg",
                            in + "b.jpg",
                            in + "b.jpg.json",
                            in + "d.jpg",
                            in + "d.jpg.json"),
                    content.keySet());
            assertEquals(
                    Set.of(
                            in + "c.jpg.json",
                            in + "metadata.json",
                            in + "#2/d.jpg.json",
                            export + "/Takeout/b.jpg.json"),
                    listing.inventory().named().stream().map(PassedOver::path).collect(Collectors.toSet()));
            assertEquals(Map.of(PassedOver.Kind.DATA, 4L), listing.inventory().counts());
            assertEquals(listing, source.list());
            assertEquals(7, listing.inventory().texts().size());
        }
    }
}
