package dev.shoebox.phonefiles;

import dev.shoebox.device.apps.SharingApp;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The files that a person requested.
 *
 * @param groups never empty
 * @param apps bundle identifiers or names; empty for all apps that share documents
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

    /** Returns the requested groups that the cable does not show, as typed. */
    public List<String> onlyInBackup() {
        return groups.stream()
                .filter(group -> !FileGroup.ON_CABLE.contains(group))
                .map(FileGroup::word)
                .sorted()
                .toList();
    }

    /** Returns whether any group of media files is requested. */
    boolean wantsMedia() {
        return groups.stream().anyMatch(group -> group != FileGroup.DOCUMENTS);
    }

    /**
     * A local backup stores what an app shares with others of its developer under the name of their app group, which is
     * meant as well.
     */
    private static boolean isMeant(SharingApp app, String word) {
        return app.id().equals(word)
                || app.id().equals("group." + word)
                || app.id().startsWith("group." + word + ".")
                || app.name().toLowerCase(Locale.ROOT).equals(word.toLowerCase(Locale.ROOT));
    }

    /** Returns the requested apps that are not among these. */
    public List<String> unknown(List<SharingApp> known) {
        return apps.stream()
                .filter(word -> known.stream().noneMatch(app -> isMeant(app, word)))
                .toList();
    }
}
