package dev.shoebox.export;

import dev.shoebox.photos.source.MediaFile;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A text file of an export, read as JSON and as each kind of CSV. */
final class ExportFuzz {
    private ExportFuzz() {}

    static List<byte[]> seeds() {
        return Stream.of(
                        "{\"title\": \"a.jpg\", \"photoTakenTime\": {\"timestamp\": \"1557136800\"}, \"trashed\": true,"
                                + " \"geoData\": {\"latitude\": 1.5, \"longitude\": 2.5}}",
                        "{\"title\": \"Album\"}",
                        """
                        imgName,fileChecksum,favorite,hidden,deleted,originalCreationDate,viewCount,importDate
                        a.jpg,AX,no,no,no,"Monday May 4,2020 10:39 PM GMT",10,"x"
                        """,
                        "Images\na.jpg\n")
                .map(text -> text.getBytes(UTF_8))
                .toList();
    }

    public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
        Export export = new Export();
        for (String path : List.of("p/Photos/a.jpg.json", "p/Photos/Photo Details.csv", "p/Albums/b.csv")) {
            export.read(path, new ByteArrayInputStream(bytes));
        }
        export.library(List.of(new MediaFile("p/Photos/a.jpg", 1, Instant.EPOCH, Optional.empty())));
    }
}
