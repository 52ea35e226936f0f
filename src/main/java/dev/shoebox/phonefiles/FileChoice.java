package dev.shoebox.phonefiles;

import dev.shoebox.device.apps.SharingApp;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which files a person wants.
 *
 * @param groups never empty
 * @param apps by bundle identifier or name; empty for all that share documents
 */
public record FileChoice(Set<FileGroup> groups, List<String> apps) {
    public static final FileChoice EVERYTHING = new FileChoice(FileGroup.ON_CABLE, List.of());

    public FileChoice {
        groups = Set.copyOf(groups);
        apps = List.copyOf(apps);
    }

    boolean wants(SharingApp app) {
        return apps.isEmpty() || apps.stream().anyMatch(word -> isMeant(app, word));
    }

    /** What is asked for and the cable does not show, by the words for it. */
    public List<String> onlyInBackup() {
        return groups.stream()
                .filter(group -> !FileGroup.ON_CABLE.contains(group))
                .map(FileGroup::word)
                .sorted()
                .toList();
    }

    /** Whether media files are among it, which are not those of apps. */
    boolean wantsMedia() {
        return groups.stream().anyMatch(group -> group != FileGroup.DOCUMENTS);
    }

    /** What an app shares with others of its maker is in a local backup under the name of their group, and is meant as well. */
    private static boolean isMeant(SharingApp app, String word) {
        return app.id().equals(word)
                || app.id().equals("group." + word)
                || app.id().startsWith("group." + word + ".")
                || app.name().toLowerCase(Locale.ROOT).equals(word.toLowerCase(Locale.ROOT));
    }

    /** What is asked for and none of these apps is. */
    public List<String> unknown(List<SharingApp> known) {
        return apps.stream()
                .filter(word -> known.stream().noneMatch(app -> isMeant(app, word)))
                .toList();
    }
}
