package dev.shoebox.phonefiles;

import dev.shoebox.device.afc.PhonePhotos;
import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.library.SongPlaces;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.plist.PropertyList;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the titles of ringtones and books from the property lists beside them: {@code Ringtones.plist} maps files to
 * titles; those of books list {@code Name}, {@code Artist} and {@code Path}. The titles of songs are in a database.
 */
final class TitleLists {
    private static final String RINGTONES = "iTunes_Control/iTunes/Ringtones.plist";
    private static final String RINGTONE_FOLDER = "iTunes_Control/Ringtones/";
    private static final List<String> BOOKS = List.of(
            "Books/Books.plist",
            "Books/Purchases/Purchases.plist",
            "Books/Managed/Managed.plist",
            "Books/Sync/Books.plist");

    /** Longer ones are not titles. */
    private static final int LONGEST = 300;

    private final PhonePhotos media;
    private final boolean songs;
    private final Map<String, String> places = new HashMap<>();
    private String unreadable = "";

    /** @param songs whether songs are requested, whose titles are in a database of some megabytes */
    TitleLists(PhonePhotos media, boolean songs) {
        this.media = media;
        this.songs = songs;
    }

    Titles read() throws IOException {
        list(RINGTONES).ifPresent(this::ringtones);
        for (String path : BOOKS) {
            list(path).ifPresent(all -> books(path.substring(0, path.lastIndexOf('/') + 1), all));
        }
        if (songs) {
            songs();
        }
        return new Titles(Map.copyOf(places));
    }

    private void songs() throws IOException {
        try {
            places.putAll(SongPlaces.of(media, media));
        } catch (DeviceException lost) {
            throw lost;
        } catch (IOException unusable) {
            unreadable = "Songs keep the iPhone's own names, because its music library cannot be read: "
                    + unusable.getMessage();
        }
    }

    /** Returns a line for people, if some files keep the phone's names because a list is unreadable; else empty. */
    String unreadable() {
        return unreadable;
    }

    private Optional<Map<String, Object>> list(String path) throws IOException {
        try {
            Optional<MediaFile> file = media.find(path);
            if (file.isEmpty()) {
                return Optional.empty();
            }
            Optional<Map<String, Object>> list = file.get().size() > PropertyList.LARGEST
                    ? Optional.empty()
                    : PropertyList.dictionary(bytes(file.get()));
            if (list.isEmpty()) {
                unreadable = notRead(path);
            }
            return list;
        } catch (MediaSource.UnreadableException refused) {
            unreadable = notRead(path);
            return Optional.empty();
        }
    }

    private static String notRead(String path) {
        return "Some files keep the iPhone's own names: " + path + ", which has their titles, cannot be read.";
    }

    private byte[] bytes(MediaFile file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) file.size());
        try (SeekableByteChannel channel = media.open(file)) {
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // A read may return less than requested.
            }
        }
        return bytes.array();
    }

    private void ringtones(Map<String, Object> list) {
        if (list.get("Ringtones") instanceof Map<?, ?> ringtones) {
            ringtones.forEach((file, about) -> {
                if (file instanceof String name && about instanceof Map<?, ?> facts) {
                    title(facts.get("Name")).ifPresent(title -> places.put(RINGTONE_FOLDER + name, title));
                }
            });
        }
    }

    private void books(String folder, Map<String, Object> list) {
        if (list.get("Books") instanceof List<?> books) {
            for (Object each : books) {
                if (each instanceof Map<?, ?> book && book.get("Path") instanceof String path) {
                    title(book.get("Name"))
                            .ifPresent(name -> places.put(
                                    folder + path,
                                    title(book.get("Artist"))
                                            .map(by -> by + " - " + name)
                                            .orElse(name)));
                }
            }
        }
    }

    /** Returns a single name without folders. */
    private static Optional<String> title(Object said) {
        return said instanceof String text && !text.isBlank() && text.length() <= LONGEST
                ? Optional.of(text.strip().replace('/', '_'))
                : Optional.empty();
    }
}
