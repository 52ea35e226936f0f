package dev.shoebox.folder;

import dev.shoebox.folder.Packing.Format;
import dev.shoebox.photos.MediaSource;
import dev.shoebox.photos.MediaSourceContract;
import org.junit.jupiter.api.Nested;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Folders and archives of each kind. */
class FolderContractTest {
    @Nested
    class OfAFolder extends MediaSourceContract {
        @Override
        protected MediaSource open(Map<String, byte[]> files) throws IOException {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Path place = folder.resolve(file.getKey());
                Files.createDirectories(place.getParent());
                Files.write(place, file.getValue());
            }
            return FolderSource.open(folder);
        }
    }

    @Nested
    class OfAZip extends OfAnArchive {
        OfAZip() {
            super(Format.ZIP);
        }
    }

    @Nested
    class OfAStoredZip extends OfAnArchive {
        OfAStoredZip() {
            super(Format.STORED_ZIP);
        }
    }

    @Nested
    class OfATar extends OfAnArchive {
        OfATar() {
            super(Format.TAR);
        }
    }

    @Nested
    class OfAPackedTar extends OfAnArchive {
        OfAPackedTar() {
            super(Format.TAR_GZ);
        }

        @Override
        protected boolean keepsOrder() {
            return false;
        }
    }

    abstract static class OfAnArchive extends MediaSourceContract {
        private final Format format;

        OfAnArchive(Format format) {
            this.format = format;
        }

        @Override
        protected MediaSource open(Map<String, byte[]> files) throws IOException {
            List<Map.Entry<String, String>> entries = files.entrySet().stream()
                    .map(file -> Map.entry(file.getKey(), new String(file.getValue(), ISO_8859_1)))
                    .toList();
            return FolderSource.open(Files.write(folder.resolve("export"), Packing.packed(format, entries)));
        }
    }
}
