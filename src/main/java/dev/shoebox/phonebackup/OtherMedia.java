package dev.shoebox.phonebackup;

import dev.shoebox.photos.format.FileKind;
import dev.shoebox.text.Amounts;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Counts media outside the camera roll, which are not taken, but which the owner may miss. */
final class OtherMedia {
    private enum Group {
        VOICE_MEMOS("voice memo", "voice memos"),
        MESSAGES("photo or video in messages", "photos and videos in messages"),
        WHATSAPP("photo or video in WhatsApp", "photos and videos in WhatsApp"),
        FILES("file of On My iPhone", "files of On My iPhone"),
        APPS("photo or video of other apps", "photos and videos of other apps");

        private final String singular;
        private final String plural;

        Group(String singular, String plural) {
            this.singular = singular;
            this.plural = plural;
        }

        String counted(long files) {
            return Amounts.count(files) + " " + (files == 1 ? singular : plural);
        }
    }

    /** The extensions of recordings in all versions of iOS. */
    private static final Set<String> RECORDINGS = Set.of("m4a", "qta", "caf");

    private static final String APPS = "AppDomain";

    private final Map<Group, Long> counts = new EnumMap<>(Group.class);

    void add(String domain, String path) {
        group(domain, path).ifPresent(group -> counts.merge(group, 1L, Long::sum));
    }

    private static Optional<Group> group(String domain, String path) {
        boolean isShot = FileKind.of(path).isShot();
        if (domain.endsWith("group.com.apple.FileProvider.LocalStorage")) {
            return path.startsWith("File Provider Storage/") ? Optional.of(Group.FILES) : Optional.empty();
        }
        if (domain.endsWith("group.com.apple.VoiceMemos.shared") || path.startsWith("Media/Recordings/")) {
            String extension = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
            return RECORDINGS.contains(extension) ? Optional.of(Group.VOICE_MEMOS) : Optional.empty();
        }
        if (!isShot) {
            return Optional.empty();
        }
        if (path.startsWith("Library/SMS/Attachments/")) {
            return Optional.of(Group.MESSAGES);
        }
        if (domain.toLowerCase(Locale.ROOT).contains("whatsapp")) {
            return Optional.of(Group.WHATSAPP);
        }
        return domain.startsWith(APPS) ? Optional.of(Group.APPS) : Optional.empty();
    }

    /** Returns a remark for people, as one line; empty if there are no such media. */
    Optional<String> remark() {
        return counts.isEmpty()
                ? Optional.empty()
                : Optional.of("The iPhone backup also holds "
                        + counts.entrySet().stream()
                                .map(count -> count.getKey().counted(count.getValue()))
                                .collect(Collectors.joining(", "))
                        + ". These are not in the camera roll, so this command does not copy them. 'shoebox "
                        + "files --from' copies voice memos, messages, On My iPhone and documents of apps.");
    }
}
