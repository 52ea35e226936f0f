package dev.shoebox.phonefiles;

import dev.shoebox.device.apps.SharingApp;

import java.util.EnumSet;
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
    public static final FileChoice EVERYTHING = new FileChoice(EnumSet.allOf(FileGroup.class), List.of());

    public FileChoice {
        groups = Set.copyOf(groups);
        apps = List.copyOf(apps);
    }

    boolean wants(SharingApp app) {
        return apps.isEmpty() || apps.stream().anyMatch(word -> isMeant(app, word));
    }

    /** Whether media files are among it, which are not those of apps. */
    boolean wantsMedia() {
        return groups.stream().anyMatch(group -> group != FileGroup.DOCUMENTS);
    }

    private static boolean isMeant(SharingApp app, String word) {
        return app.id().equals(word) || app.name().toLowerCase(Locale.ROOT).equals(word.toLowerCase(Locale.ROOT));
    }

    /** What is asked for and none of these apps is. */
    public List<String> unknown(List<SharingApp> known) {
        return apps.stream()
                .filter(word -> known.stream().noneMatch(app -> isMeant(app, word)))
                .toList();
    }
}
