package dev.shoebox.cli;

import dev.shoebox.backup.Absence;
import dev.shoebox.backup.Report;
import dev.shoebox.history.NotSafe;
import dev.shoebox.history.RunRecord;
import dev.shoebox.photos.Role;

import java.util.List;
import java.util.OptionalInt;

/** Counts what is not safe, though nothing failed. */
final class Doubts {
    private Doubts() {}

    /** @param absencesKnown whether the source was asked what is only in iCloud */
    static NotSafe of(Report report, boolean absencesKnown) {
        List<RunRecord.Item> named = report.implausible().stream()
                .map(file -> new RunRecord.Item(file.path(), file.reason(), file.words()))
                .toList();
        int assets = (int) report.implausible().stream()
                .map(file -> base(file.path()))
                .distinct()
                .count();
        return of(assets, report.implausible().size(), report.absences(), absencesKnown, named);
    }

    /** What is only in iCloud of a source, as far as anybody asked it, and so many files that are not what they should be. */
    static NotSafe of(
            int assets, int files, List<Absence> absences, boolean absencesKnown, List<RunRecord.Item> named) {
        List<Absence> lacking =
                absences.stream().filter(absence -> !absence.backedUp()).toList();
        int placeholders = (int) lacking.stream().filter(Absence::isPlaceholder).count();
        return new NotSafe(
                assets,
                files,
                absencesKnown ? OptionalInt.of(placeholders) : OptionalInt.empty(),
                lacking(lacking, Role.PAIRED_VIDEO),
                lacking(lacking, Role.ALTERNATE_PHOTO),
                named);
    }

    private static int lacking(List<Absence> absences, Role part) {
        return (int) absences.stream()
                .filter(absence -> !absence.isPlaceholder() && absence.parts().contains(part))
                .count();
    }

    /** What the files of one photo have in common. */
    static String base(String path) {
        return path.replaceFirst("\\.[^./]*$", "");
    }
}
