package dev.shoebox.library.cloud;

import dev.shoebox.library.database.CloudFile;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.MediaSource.UnreadableException;
import dev.shoebox.photos.source.NamedFiles;
import dev.shoebox.photos.source.Unreadable.Reason;
import dev.shoebox.plist.PropertyList;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Describes the files of iCloud Photos on a phone for developers: whether each exists, its size, its form, and the
 * names of its keys with the types of their values. No values, and no names that could be personal.
 */
public final class CloudInventory {
    /** The form of iOS key names: anything else, and anything with enough digits for an identifier, is not shown. */
    private static final Pattern KEY = Pattern.compile("[A-Za-z](?:[A-Za-z._-]|[0-9](?![0-9]{3})){0,79}");

    private static final int DEEPEST = 3;
    private static final int MOST_KEYS = 200;
    private static final int HEAD = 16;

    private CloudInventory() {}

    /**
     * Returns one line for each file.
     *
     * @return empty if the source cannot find files by name
     * @throws IOException if the source is lost
     */
    public static List<String> of(MediaSource source) throws IOException {
        Optional<NamedFiles> files = NamedFiles.of(source);
        List<String> lines = new ArrayList<>();
        for (CloudFile file : files.isEmpty() ? List.<CloudFile>of() : List.of(CloudFile.values())) {
            lines.add(file.path() + "  " + about(source, files.get(), file));
        }
        return lines;
    }

    private static String about(MediaSource source, NamedFiles files, CloudFile file) throws IOException {
        try {
            Optional<MediaFile> found = files.find(file.path());
            if (found.isEmpty()) {
                return "absent (AFC status 8)";
            }
            String size = found.get().size() + " bytes, ";
            try {
                return size + content(source, file, found.get());
            } catch (UnreadableException refused) {
                return size + refusal(refused.unreadable().reason());
            }
        } catch (UnreadableException refused) {
            return refusal(refused.unreadable().reason());
        }
    }

    private static String refusal(Reason reason) {
        return switch (reason) {
            case DENIED -> "denied (AFC status 10)";
            case GONE -> "gone (AFC status 8)";
            case REFUSED -> "not opened";
            case READ_ERROR, WRONG_SIZE, CHANGED -> "read in part";
        };
    }

    private static String content(MediaSource source, CloudFile file, MediaFile found) throws IOException {
        boolean list = CloudFile.lists().contains(file);
        int most = list ? (int) Math.min(found.size(), PropertyList.LARGEST) : HEAD;
        ByteBuffer bytes = ByteBuffer.allocate(most);
        try (SeekableByteChannel channel = source.open(found)) {
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // A read may return fewer bytes than requested.
            }
        }
        byte[] all = new byte[bytes.flip().remaining()];
        bytes.get(all);
        if (!list) {
            return form(all);
        }
        return form(all)
                + PropertyList.parse(all)
                        .map(content -> "; " + kind(content, 0))
                        .orElse("; no property list");
    }

    private static String form(byte[] bytes) {
        String head = new String(bytes, 0, Math.min(HEAD, bytes.length), StandardCharsets.ISO_8859_1);
        if (head.startsWith("SQLite format 3")) {
            return "SQLite";
        }
        if (head.startsWith("bplist")) {
            return "binary list";
        }
        return head.startsWith("<") ? "XML" : head.matches("\\d{4}-\\d\\d-\\d\\d.*") ? "a date" : "other";
    }

    private static String kind(Object value, int depth) {
        if (value instanceof Map<?, ?> map) {
            return depth == DEEPEST ? "dictionary" : "{" + keys(map, depth) + "}";
        }
        if (value instanceof List<?> list) {
            TreeSet<String> kinds = new TreeSet<>();
            list.stream().limit(MOST_KEYS).forEach(each -> kinds.add(kind(each, Math.min(depth + 1, DEEPEST))));
            return list.size() + " times " + (depth >= DEEPEST ? "something" : String.join(" or ", kinds));
        }
        if (value instanceof Boolean) {
            return "boolean";
        }
        if (value instanceof Instant) {
            return "date";
        }
        return value instanceof Long || value instanceof Double ? "number" : value instanceof String ? "text" : "data";
    }

    private static String keys(Map<?, ?> map, int depth) {
        TreeSet<String> keys = new TreeSet<>();
        map.forEach((key, value) -> {
            if (keys.size() < MOST_KEYS) {
                String name = String.valueOf(key);
                keys.add((KEY.matcher(name).matches() ? name : "(another name)") + ": " + kind(value, depth + 1));
            }
        });
        return String.join(", ", keys);
    }
}
