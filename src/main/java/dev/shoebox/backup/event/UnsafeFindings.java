package dev.shoebox.backup.event;

import dev.shoebox.history.RunResult;
import dev.shoebox.history.UnsafeFiles;
import dev.shoebox.photos.Role;

import java.util.List;
import java.util.OptionalInt;

/** Counts what is not safe, though nothing failed. */
public final class UnsafeFindings {
    private UnsafeFindings() {}

    /** @param absencesKnown whether the source was asked what is only in iCloud */
    static UnsafeFiles of(List<ImplausibleFile> implausible, List<MissingOriginal> absences, boolean absencesKnown) {
        List<RunResult.Item> named = implausible.stream()
                .map(file -> new RunResult.Item(file.path(), file.reason(), file.words()))
                .toList();
        int assets = (int)
                implausible.stream().map(file -> base(file.path())).distinct().count();
        return of(assets, implausible.size(), absences, absencesKnown, named);
    }

    /** What is only in iCloud of a source, as far as anybody asked it, and so many files that are not what they should be. */
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

    /** What the files of one photo have in common. */
    public static String base(String path) {
        return path.replaceFirst("\\.[^./]*$", "");
    }
}
