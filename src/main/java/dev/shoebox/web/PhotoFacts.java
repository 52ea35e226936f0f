package dev.shoebox.web;

import dev.shoebox.coverage.AssetCoverage;
import dev.shoebox.destination.Provenance;
import dev.shoebox.destination.records.StoredFile;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.LibraryAsset;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.choice.FilterSubject;
import dev.shoebox.photos.metadata.Metadata;
import dev.shoebox.photos.metadata.field.MediaFacts;
import dev.shoebox.text.PrintableText;
import dev.shoebox.web.index.PageEntry;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The facts shown beside a photo. */
final class PhotoFacts {
    private final Supplier<PhotoPictures.Now> now;

    PhotoFacts(Supplier<PhotoPictures.Now> now) {
        this.now = now;
    }

    Map<String, Object> of(PageEntry entry) throws IOException {
        PhotoPictures.Now all = now.get();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", entry.name());
        facts.put("taken", entry.minutes() != PageEntry.UNDATED);
        facts.put("albums", entry.albums());
        PagePhoto photo = all.photos().get(entry.id());
        if (photo == null) {
            return facts;
        }
        Optional<LibraryAsset> known = photo.covered().flatMap(AssetCoverage::known);
        photo.covered().ifPresent(covered -> {
            facts.put("where", PrintableText.hyphenated(covered.whereabouts()));
            facts.put("evidence", covered.evidence());
        });
        known.flatMap(LibraryAsset::place)
                .ifPresent(place ->
                        facts.put("place", Map.of("latitude", place.latitude(), "longitude", place.longitude())));
        known.flatMap(LibraryAsset::duration)
                .map(Duration::toSeconds)
                .ifPresent(length -> facts.put("seconds", length));
        facts.put("takenBy", teller(origin(all.backup(), photo)));
        List<Map<String, Object>> files = new ArrayList<>();
        for (Resource resource : photo.covered()
                .flatMap(AssetCoverage::asset)
                .map(Asset::resources)
                .orElse(List.of())) {
            files.add(Map.of(
                    "name", resource.file().path(), "size", resource.file().size()));
        }
        facts.put("files", files);
        List<Map<String, Object>> copies = stored(all.backup(), photo.stored(), facts);
        facts.put("stored", copies);
        facts.put("earlier", stored(all.backup(), photo.earlier(), facts));
        return facts;
    }

    /**
     * Returns the origin of the date on view: the one recorded when the photo was stored, or else the best guess
     * without reading the file.
     */
    private static CaptureTime.Origin origin(BackupContents backup, PagePhoto photo) throws IOException {
        for (StoredFile each : photo.stored()) {
            Optional<CaptureTime> captured = backup.provenance(each).flatMap(Provenance::captured);
            if (captured.isPresent()) {
                return captured.get().origin();
            }
        }
        Optional<LibraryAsset> known = photo.covered().flatMap(AssetCoverage::known);
        return photo.covered()
                .flatMap(AssetCoverage::asset)
                .flatMap(asset -> known.map(says -> FilterSubject.of(asset, says, ZoneOffset.UTC))
                        .orElseGet(() -> FilterSubject.of(asset, ZoneOffset.UTC))
                        .captured())
                .or(() -> known.flatMap(says -> CaptureTime.of(says, ZoneOffset.UTC)))
                .map(CaptureTime::origin)
                .orElse(CaptureTime.Origin.FILE_MODIFIED);
    }

    /** Returns the page's word for the origin. */
    private static String teller(CaptureTime.Origin origin) {
        return switch (origin) {
            case OWNER, LIBRARY -> "library";
            case EXPORT -> "export";
            case FILE_NAME, NAME_AND_FILM -> "name";
            case FILE_CREATED, FILE_MODIFIED, EMBEDDED_FILE_TIME -> "file";
            default -> "photo";
        };
    }

    private static List<Map<String, Object>> stored(
            BackupContents backup, List<StoredFile> stored, Map<String, Object> facts) throws IOException {
        List<Map<String, Object>> copies = new ArrayList<>();
        for (StoredFile each : stored) {
            Optional<Provenance> provenance = backup.provenance(each);
            if (provenance.isPresent()) {
                Provenance copy = provenance.get();
                copies.add(Map.of(
                        "path", copy.stored().path(),
                        "sha256", copy.stored().sha256(),
                        "verified", copy.state().verified(),
                        "damaged", copy.state().damaged(),
                        "knownByFingerprint", isClaimed(copy, each)));
            }
            if (!facts.containsKey("camera")) {
                camera(backup, each).ifPresent(camera -> facts.put("camera", camera));
            }
        }
        return copies;
    }

    /** Returns whether the copy is known by a claim only, because nobody read this source's file. */
    private static boolean isClaimed(Provenance copy, StoredFile stored) {
        return copy.origins().stream().anyMatch(origin -> origin.file().equals(stored.file()) && origin.claimed());
    }

    private static Optional<String> camera(BackupContents backup, StoredFile stored) {
        try (SeekableByteChannel bytes = backup.open(stored)) {
            MediaFacts says = Metadata.read(bytes);
            return says.cameraModel();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
