package dev.shoebox.backup.event;

import dev.shoebox.history.RunResult;
import dev.shoebox.history.UnsafeFiles;
import dev.shoebox.photos.Role;

import java.util.List;
import java.util.OptionalInt;

/** Counts files that are not safe although nothing failed. */
public final class UnsafeFindings {
    private UnsafeFindings() {}

    /** @param absencesKnown whether it is known what is only in iCloud */
    static UnsafeFiles of(List<ImplausibleFile> implausible, List<MissingOriginal> absences, boolean absencesKnown) {
        List<RunResult.Item> named = implausible.stream()
                .map(file -> new RunResult.Item(file.path(), file.reason(), file.words()))
                .toList();
        int assets = (int)
                implausible.stream().map(file -> base(file.path())).distinct().count();
        return of(assets, implausible.size(), absences, absencesKnown, named);
    }

    /** Returns the counts from what is known to be only in iCloud, and the number of files that are not safe. */
    public static UnsafeFiles of(
            int assets, int files, List<MissingOriginal> absences, boolean absencesKnown, List<RunResult.Item> named) {
        List<MissingOriginal> lacking =
                absences.stream().filter(absence -> !absence.backedUp()).toList();
        int placeholders =
                (int) lacking.stream().filter(MissingOriginal::isPlaceholder).count();
        return new UnsafeFiles(
                assets,
                files,
                absencesKnown ? OptionalInt.of(placeholders) : OptionalInt.empty(),
                lacking(lacking, Role.PAIRED_VIDEO),
                lacking(lacking, Role.ALTERNATE_PHOTO),
                named);
    }

    private static int lacking(List<MissingOriginal> absences, Role part) {
        return (int) absences.stream()
                .filter(absence -> !absence.isPlaceholder() && absence.parts().contains(part))
                .count();
    }

    /** Returns the common part of the paths of one photo. */
    public static String base(String path) {
        return path.replaceFirst("\\.[^./]*$", "");
    }
}
