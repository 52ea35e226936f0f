package dev.shoebox.phonebackup;

import dev.shoebox.InMemory;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.Listings;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.Scope;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The file list of a backup, an untrusted database. */
final class ManifestFuzz {
    private ManifestFuzz() {}

    static List<byte[]> seeds() throws IOException {
        Path folder = InMemory.folder("shoebox-fuzz");
        try {
            MadeBackup backup = new MadeBackup(folder);
            backup.photo("DCIM/100APPLE/IMG_0001.JPG", new byte[9]).absent();
            backup.photo("../IMG_0002.JPG", new byte[9]).absent();
            backup.other("CameraRollDomain", "Media/DCIM", 2);
            backup.file("HomeDomain", "Library/SMS/Attachments/a.jpg", new byte[9])
                    .absent();
            return List.of(Files.readAllBytes(backup.write().resolve("Manifest.db")));
        } finally {
            delete(folder);
        }
    }

    public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
        Path folder = InMemory.folder("shoebox-fuzz");
        try {
            Files.write(folder.resolve("Manifest.db"), bytes);
            Files.write(folder.resolve("Info.plist"), new byte[0]);
            Listing listing = list(folder);
            if (!Listings.isComplete(listing)) {
                throw new AssertionError("incomplete: " + listing);
            }
        } finally {
            delete(folder);
        }
    }

    private static Listing list(Path folder) {
        try (MediaSource source = PhoneBackup.of(folder).open(Scope.USUAL, Backups.PLAIN)) {
            return source.list();
        } catch (IOException refused) {
            return new Listing(List.of(), List.of());
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.newDirectoryStream(folder)) {
            for (Path each : files) {
                Files.delete(each);
            }
        }
        Files.delete(folder);
    }
}
