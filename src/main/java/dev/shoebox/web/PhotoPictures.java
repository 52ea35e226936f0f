package dev.shoebox.web;

import dev.shoebox.destination.records.StoredFile;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.web.phone.PhoneReader;
import dev.shoebox.web.server.Refusal;
import dev.shoebox.web.server.Response;
import dev.shoebox.web.thumbs.EmbeddedPreview;
import dev.shoebox.web.thumbs.HeicDecoder;
import dev.shoebox.web.thumbs.HeicPreview;
import dev.shoebox.web.thumbs.PictureType;
import dev.shoebox.web.thumbs.Scaler;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Supplies the pictures of the page. A thumbnail comes from the phone, else from the backup's kept thumbnails, else
 * from a preview embedded in the photo, else from scaling the stored photo. Results are cached within a limit.
 */
final class PhotoPictures implements Pictures, Closeable {
    /** The order in which Photos shows them: edited before original. */
    private static final List<Role> STILLS =
            List.of(Role.FULL_SIZE_PHOTO, Role.PHOTO, Role.ALTERNATE_PHOTO, Role.PREVIEW);

    private static final List<Role> FILMS =
            List.of(Role.FULL_SIZE_VIDEO, Role.VIDEO, Role.FULL_SIZE_PAIRED_VIDEO, Role.PAIRED_VIDEO);

    private static final List<Role> PRIMARIES = List.of(Role.PHOTO, Role.VIDEO);
    private static final List<Role> EDITED = List.of(Role.FULL_SIZE_PHOTO, Role.FULL_SIZE_VIDEO);

    private static final int LARGEST_PICTURE = 48 << 20;
    private static final long MOST_REMEMBERED = 48L << 20;
    private static final int HEAD = 64 << 10;
    private static final byte[] NONE = {};

    private final Supplier<Now> now;
    private final Scaler scaler = new Scaler();
    private final HeicDecoder heic =
            new HeicDecoder(Optional.ofNullable(System.getenv("PATH")).orElse(""));
    /** Thumbnails by number; {@link #NONE} for a photo without one. */
    private final Map<Integer, byte[]> remembered = new LinkedHashMap<>(256, 0.75f, true);

    private long rememberedBytes;

    /**
     * What can be viewed now.
     *
     * @param phone empty if there is none
     */
    record Now(Map<Integer, PagePhoto> photos, BackupContents backup, Optional<PhoneReader> phone) {}

    PhotoPictures(Supplier<Now> now) {
        this.now = now;
    }

    @Override
    public Optional<Response> thumbnail(int id) throws Refusal {
        byte[] bytes;
        synchronized (remembered) {
            bytes = remembered.get(id);
        }
        if (bytes == null) {
            try {
                bytes = find(id).orElse(NONE);
            } catch (IOException unreadable) {
                throw later(unreadable);
            }
            remember(id, bytes);
        }
        return body(bytes);
    }

    /** Returns the picture as a response; empty if it is none. */
    private static Optional<Response> body(byte[] bytes) {
        return PictureType.of(bytes).map(type -> new Response.Body(type.type(), bytes, Response.Keep.PRIVATELY));
    }

    /** Forgets which photos had no thumbnail, because they may have one now. */
    void forgetMissing() {
        synchronized (remembered) {
            remembered.values().removeIf(bytes -> bytes.length == 0);
        }
    }

    /** Returns the message for a picture that is not available at the moment. */
    private static Refusal later(IOException unreadable) {
        return Refusal.later(unreadable instanceof PhoneReader.RestingException ? "refused.resting" : "refused.later");
    }

    private void remember(int id, byte[] bytes) {
        synchronized (remembered) {
            remembered.put(id, bytes);
            rememberedBytes += bytes.length;
            var eldest = remembered.values().iterator();
            while (rememberedBytes > MOST_REMEMBERED && eldest.hasNext()) {
                rememberedBytes -= eldest.next().length;
                eldest.remove();
            }
        }
    }

    private Optional<byte[]> find(int id) throws IOException {
        Now all = now.get();
        PagePhoto photo = all.photos().get(id);
        if (photo == null) {
            return Optional.empty();
        }
        Optional<StoredFile> stored = photo.inBackup(STILLS);
        Optional<IOException> failure = Optional.empty();
        Optional<byte[]> found = Optional.empty();
        try {
            found = onPhone(all, photo);
        } catch (IOException unreadable) {
            failure = Optional.of(unreadable);
        }
        boolean isEdited = photo.inBackup(EDITED).isPresent();
        if (found.isEmpty()) {
            found = kept(all.backup(), photo, isEdited ? EDITED : PRIMARIES);
        }
        if (found.isEmpty() && stored.isPresent()) {
            found = embedded(all.backup(), stored.get());
        }
        if (found.isEmpty()
                && stored.isPresent()
                && PictureType.isShown(stored.get().path())) {
            found = scaled(all.backup(), stored.get());
        }
        if (found.isEmpty() && isEdited) {
            // Nothing shows the edit: use the picture before it.
            found = kept(all.backup(), photo, PRIMARIES);
        }
        if (found.isEmpty()
                && stored.isPresent()
                && PictureType.isHeif(stored.get().path())) {
            found = heif(all.backup(), stored.get());
        }
        if (found.isEmpty() && all.phone().filter(PhoneReader::mayReadOriginals).isPresent()) {
            found = scaledOriginal(all.phone().get(), photo);
        }
        if (found.isEmpty() && failure.isPresent()) {
            throw failure.get();
        }
        return found;
    }

    /**
     * Returns the phone's thumbnail; for a photo that is not in the backup, also the preview embedded in its original.
     */
    private static Optional<byte[]> onPhone(Now all, PagePhoto photo) throws IOException {
        if (all.phone().isEmpty() || photo.covered().isEmpty()) {
            return Optional.empty();
        }
        String path = photo.covered().get().path();
        Optional<MediaFile> original = photo.stored().isEmpty() ? photo.onPhone(List.of(Role.PHOTO)) : Optional.empty();
        return original.isPresent()
                ? all.phone().get().thumbnail(path, original.get())
                : all.phone().get().thumbnail(path);
    }

    /** Returns the thumbnail that a run kept. Sends it only if it really is a picture. */
    private static Optional<byte[]> kept(BackupContents backup, PagePhoto photo, List<Role> roles) {
        for (Role role : roles) {
            Optional<StoredFile> stored = photo.inBackup(List.of(role));
            try {
                Optional<byte[]> found = stored.isPresent() ? backup.thumbnail(stored.get()) : Optional.<byte[]>empty();
                if (found.filter(bytes -> PictureType.of(bytes).isPresent()).isPresent()) {
                    return found;
                }
            } catch (IOException unreadable) {
                // Fall through to other sources of a thumbnail.
            }
        }
        return Optional.empty();
    }

    private Optional<byte[]> scaledOriginal(PhoneReader source, PagePhoto photo) throws IOException {
        Optional<MediaFile> original =
                photo.onPhone(STILLS).filter(file -> PictureType.isShown(file.name()) && file.size() <= Scaler.LARGEST);
        return original.isPresent() ? scaler.scale(source.whole(original.get(), Scaler.LARGEST)) : Optional.empty();
    }

    private static Optional<byte[]> embedded(BackupContents backup, StoredFile stored) {
        if (!PictureType.isShown(stored.path())) {
            return Optional.empty();
        }
        try (SeekableByteChannel bytes = backup.open(stored)) {
            return EmbeddedPreview.of(bytes, bytes.size(), HEAD);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** Returns the embedded JPEG, or else what an installed decoder makes of the HEIF. */
    private Optional<byte[]> heif(BackupContents backup, StoredFile stored) throws IOException {
        byte[] picture;
        try (SeekableByteChannel bytes = backup.open(stored)) {
            Optional<byte[]> preview = HeicPreview.of(bytes);
            if (preview.isPresent() || !heic.isThere() || bytes.size() > HeicDecoder.LARGEST) {
                return preview;
            }
            picture = read(bytes.position(0), (int) bytes.size());
        } catch (IOException unreadable) {
            return Optional.empty();
        }
        Optional<byte[]> decoded = heic.decode(picture);
        return decoded.isPresent() ? scaler.scale(decoded.get()) : Optional.empty();
    }

    private Optional<byte[]> scaled(BackupContents backup, StoredFile stored) throws IOException {
        byte[] picture;
        try (SeekableByteChannel bytes = backup.open(stored)) {
            if (bytes.size() > Scaler.LARGEST) {
                return Optional.empty();
            }
            picture = read(bytes, (int) bytes.size());
        } catch (IOException unreadable) {
            return Optional.empty();
        }
        return scaler.scale(picture);
    }

    @Override
    public Optional<Response> picture(int id) throws Refusal {
        try {
            return whole(id);
        } catch (IOException unreadable) {
            throw later(unreadable);
        }
    }

    private Optional<Response> whole(int id) throws IOException {
        Now all = now.get();
        PagePhoto photo = all.photos().get(id);
        if (photo == null) {
            return Optional.empty();
        }
        for (Role role : STILLS) {
            Optional<StoredFile> stored = photo.inBackup(List.of(role));
            Optional<PictureType> type = stored.isPresent() ? type(all.backup(), stored.get()) : Optional.empty();
            if (type.isPresent()) {
                return Optional.of(
                        new Response.Media(type.get().type(), stored.get().size(), () -> all.backup()
                                .open(stored.get())));
            }
            Optional<MediaFile> original =
                    photo.onPhone(List.of(role)).filter(file -> file.size() > 0 && PictureType.isShown(file.name()));
            if (original.isPresent() && all.phone().isPresent()) {
                byte[] bytes = all.phone().get().whole(original.get(), LARGEST_PICTURE);
                return body(bytes);
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<Response> film(int id) {
        Now all = now.get();
        PagePhoto photo = all.photos().get(id);
        if (photo == null) {
            return Optional.empty();
        }
        Optional<StoredFile> stored = photo.inBackup(FILMS);
        if (stored.isPresent()) {
            return Optional.of(new Response.Media(
                    "video/mp4", stored.get().size(), () -> all.backup().open(stored.get())));
        }
        Optional<MediaFile> file = photo.onPhone(FILMS);
        return file.isPresent() && all.phone().isPresent()
                ? Optional.of(new Response.Media(
                        "video/mp4", file.get().size(), () -> open(all.phone().get(), file.get())))
                : Optional.empty();
    }

    private static SeekableByteChannel open(PhoneReader phone, MediaFile file) throws Refusal {
        try {
            return phone.open(file);
        } catch (IOException unreadable) {
            throw later(unreadable);
        }
    }

    private static Optional<PictureType> type(BackupContents backup, StoredFile stored) {
        try (SeekableByteChannel bytes = backup.open(stored)) {
            return PictureType.of(read(bytes, PictureType.HEAD));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static byte[] read(SeekableByteChannel bytes, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining() && bytes.read(buffer) >= 0) {
            // Read until the buffer is full or the file ends.
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    @Override
    public void close() {
        scaler.close();
    }
}
