package dev.shoebox.cli.find;

import dev.shoebox.json.JsonObject;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The searchable contents of a sidecar, either ours or a photo program's.
 *
 * @param words keywords and tags; for a hierarchy such as {@code People/Anna}, each level as well
 */
record SidecarFacts(Optional<String> title, List<String> words) {
    /** Larger files are not sidecars. */
    private static final long LARGEST = 1 << 20;

    private static final Pattern TITLE =
            Pattern.compile("<dc:title>\\s*<rdf:Alt>\\s*<rdf:li[^>]*>([^<]{0,1000})</rdf:li>");
    private static final Pattern LIST = Pattern.compile(
            "<(dc:subject|digiKam:TagsList|lr:hierarchicalSubject|Iptc4xmpExt:PersonInImage)>([^\\x00]{0,100000}?)</\\1>");
    private static final Pattern ITEM = Pattern.compile("<rdf:li[^>]*>([^<]{0,1000})</rdf:li>");

    /** @param photo the file beside which they are */
    static SidecarFacts beside(Path photo) {
        Optional<String> title = Optional.empty();
        List<String> words = new ArrayList<>();
        String name = photo.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        for (String each : List.of(name + ".json", name + ".xmp", stem + ".xmp")) {
            Optional<String> text = text(photo.resolveSibling(each));
            if (text.isPresent() && each.endsWith(".json")) {
                title = title.or(() -> json(text.get(), words));
            } else if (text.isPresent()) {
                title = title.or(() -> xmp(text.get(), words));
            }
        }
        return new SidecarFacts(title, List.copyOf(words));
    }

    private static Optional<String> text(Path file) {
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) <= LARGEST
                    ? Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<String> json(String text, List<String> words) {
        try {
            JsonObject json = JsonObject.parse(text);
            if (json.has("keywords")) {
                words.addAll(json.texts("keywords"));
            }
            return json.optional("title");
        } catch (RuntimeException otherwise) {
            // JSON by others uses these names for other things.
            return Optional.empty();
        }
    }

    private static Optional<String> xmp(String text, List<String> words) {
        Matcher list = LIST.matcher(text);
        while (list.find()) {
            Matcher item = ITEM.matcher(list.group(2));
            while (item.find()) {
                String word = plain(item.group(1));
                words.add(word);
                for (String level : Pattern.compile("[/|]").split(word, 0)) {
                    words.add(level);
                }
            }
        }
        Matcher title = TITLE.matcher(text);
        return title.find() ? Optional.of(plain(title.group(1))) : Optional.empty();
    }

    private static String plain(String escaped) {
        return escaped.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&amp;", "&");
    }
}
