package dev.shoebox.phonefiles;

import java.util.Optional;
import java.util.Set;

/**
 * The meaning of a file in a local backup, by its location. Domains follow a real backup of iOS 14.3 (mvt's tests) and
 * public descriptions up to iOS 26.
 *
 * @param group the kind of file
 * @param app the identifier of the app, or of the app group, that owns the document; empty for other kinds
 * @param place its path below the folder of its kind
 */
record BackedUpFile(FileGroup group, String app, String place) {
    private static final String APP = "AppDomain-";
    private static final String APPS = "AppDomainGroup-";
    private static final String APPLE = "AppDomainGroup-group.com.apple.";
    private static final String DOCUMENTS = "Documents/";
    private static final String MEDIA = "Media/";
    private static final String FILES = "File Provider Storage/";
    private static final String MEMOS = "Recordings/";
    private static final String MESSAGES = "Library/SMS/";

    /** Includes its logs. */
    private static final Set<String> MESSAGE_LISTS = Set.of("sms.db", "sms.db-wal", "sms.db-shm");

    private static final String NOTES_LIST = "NoteStore.sqlite";

    /** Pictures that Notes renders from the content of notes. */
    private static final Set<String> MADE_BY_NOTES = Set.of("Previews", "FallbackImages", "FallbackPDFs");

    /**
     * Classifies a file.
     *
     * @param domain the domain in the backup
     * @param path the path within the domain
     * @return empty for internal files of iOS and of apps, and for any other kind
     */
    static Optional<BackedUpFile> of(String domain, String path) {
        if (domain.startsWith(APPLE)) {
            return ofApple(domain.substring(APPLE.length()), path);
        }
        if (path.startsWith(MESSAGES)) {
            String place = path.substring(MESSAGES.length());
            boolean meant = place.startsWith("Attachments/") || MESSAGE_LISTS.contains(place);
            return meant ? Optional.of(new BackedUpFile(FileGroup.MESSAGES, "", place)) : Optional.empty();
        }
        if (domain.startsWith(APP)) {
            return document(domain.substring(APP.length()), path, DOCUMENTS);
        }
        if (domain.startsWith(APPS)) {
            // An app group has no documents folder: everything belongs to the apps except what iOS creates there.
            String first = path.substring(0, path.indexOf('/') + 1);
            return first.equals("Library/") || path.startsWith(".")
                    ? Optional.empty()
                    : document(domain.substring(APPS.length()), path, "");
        }
        return path.startsWith(MEDIA) ? ofMedia(path.substring(MEDIA.length())) : Optional.empty();
    }

    private static Optional<BackedUpFile> ofApple(String group, String path) {
        return switch (group) {
            case "FileProvider.LocalStorage" ->
                path.startsWith(FILES)
                        ? Optional.of(new BackedUpFile(FileGroup.ON_MY_IPHONE, "", path.substring(FILES.length())))
                        : Optional.empty();
            case "VoiceMemos.shared" -> path.startsWith(MEMOS) ? ofMedia(path) : Optional.empty();
            case "notes" -> {
                boolean meant = path.startsWith(NOTES_LIST) || path.startsWith("Accounts/");
                // Only directly below the folder of an account; deeper ones belong to the user.
                String[] names = path.split("/", -1);
                boolean made = names.length > 2 && MADE_BY_NOTES.contains(names[2]);
                yield meant && !made ? Optional.of(new BackedUpFile(FileGroup.NOTES, "", path)) : Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    private static Optional<BackedUpFile> document(String app, String path, String below) {
        return path.startsWith(below)
                ? Optional.of(new BackedUpFile(FileGroup.DOCUMENTS, app, path.substring(below.length())))
                : Optional.empty();
    }

    /** Classifies a file of the media folder by its path on the cable. */
    private static Optional<BackedUpFile> ofMedia(String path) {
        return FileGroup.of(path).map(group -> {
            String place = group == FileGroup.RECORDINGS ? path.substring(MEMOS.length()) : Titles.NONE.place(path);
            return new BackedUpFile(group, "", place);
        });
    }
}
