package dev.shoebox.folder;

import dev.shoebox.folder.Packing.Format;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.MediaSourceContract;
import dev.shoebox.photos.source.SourceId;
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
        protected SourceId.Kind kind() {
            return SourceId.Kind.FOLDER;
        }

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

    /** Two archives that hold each other's files, in the order of their names. */
    @Nested
    class OfArchivesInAFolder extends MediaSourceContract {
        @Override
        protected SourceId.Kind kind() {
            return SourceId.Kind.FOLDER;
        }

        @Override
        protected MediaSource open(Map<String, byte[]> files) throws IOException {
            List<Map.Entry<String, String>> entries = files.entrySet().stream()
                    .map(file -> Map.entry(
                            file.getKey().substring(place().length()), new String(file.getValue(), ISO_8859_1)))
                    .toList();
            int half = entries.size() / 2;
            Path first = folder.resolve("takeout-20260528T220800Z-001.zip");
            Path second = folder.resolve("takeout-20260528T220800Z-002.tgz");
            Files.write(first, Packing.packed(Format.ZIP, entries.subList(0, half)));
            Files.write(second, Packing.packed(Format.TAR_GZ, entries.subList(half, entries.size())));
            return FolderSource.open(folder);
        }

        @Override
        protected boolean keepsOrder() {
            return false;
        }

        @Override
        protected String place() {
            return "takeout-20260528T220800Z/";
        }
    }

    abstract static class OfAnArchive extends MediaSourceContract {
        private final Format format;

        OfAnArchive(Format format) {
            this.format = format;
        }

        @Override
        protected SourceId.Kind kind() {
            return SourceId.Kind.ARCHIVE;
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
