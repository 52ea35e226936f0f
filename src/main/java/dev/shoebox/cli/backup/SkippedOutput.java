package dev.shoebox.cli.backup;

import dev.shoebox.backup.event.MissingOriginal;
import dev.shoebox.backup.event.Skipped;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.JsonEvent;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.photos.Role;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prints what a backup skipped without failing: deselected files, and what is only in iCloud. */
final class SkippedOutput {
    private final Console console;
    private final List<MissingOriginal> absences = new ArrayList<>();
    private Skipped leftOut = Skipped.NOTHING;
    private boolean absencesKnown = true;

    SkippedOutput(Console console) {
        this.console = console;
    }

    void accept(Skipped what) {
        leftOut = what;
        console.event(new JsonEvent("left-out")
                .with("photosAndVideos", what.assets())
                .with("files", what.files())
                .with("recentlyDeleted", what.trashed())
                .with("forgotten", what.forgotten()));
    }

    void accept(MissingOriginal absence) {
        absences.add(absence);
        JsonEvent event = new JsonEvent(absence.isPlaceholder() ? "placeholder" : "part-missing")
                .with("path", absence.path())
                .with("bytes", absence.bytes())
                .with("backedUp", absence.backedUp());
        if (!absence.isPlaceholder()) {
            event.with("part", TextFormat.hyphenated(absence.parts().get(0)));
        }
        console.event(event.with(
                "message",
                absence.isPlaceholder()
                        ? "It is only in iCloud. Download it to the iPhone, then run the backup again."
                        : words(absence.parts())
                                + " is not on the iPhone. Download originals from iCloud to the iPhone, "
                                + "then run the backup again."));
    }

    /** @param photo whether it is the photo or film itself, so that its whole asset is missing */
    void forgot(boolean photo) {
        leftOut = leftOut.plusForgotten(photo, 1);
    }

    /** Counts the photos and videos that were skipped completely. */
    int assets() {
        return leftOut.assets() + leftOut.trashed();
    }

    int files() {
        return leftOut.files() + leftOut.trashedFiles();
    }

    void tell() {
        if (leftOut.files() > leftOut.forgotten()) {
            console.outcome("Excluded by your options: "
                    + (leftOut.assets() > 0 ? TextFormat.photos(leftOut.assets()) + ", " : "")
                    + TextFormat.count(leftOut.files() - leftOut.forgotten(), "file") + ".");
        }
        if (leftOut.forgotten() > 0) {
            console.outcome("Not copied again, because you deleted and forgot "
                    + (leftOut.forgotten() == 1 ? "it: " : "them: ")
                    + TextFormat.count(leftOut.forgotten(), "file") + ". To copy "
                    + (leftOut.forgotten() == 1 ? "it" : "them") + " again, first run 'shoebox forget --undo'.");
        }
        if (leftOut.trashed() > 0) {
            console.outcome("Skipped, in Recently Deleted: " + TextFormat.photos(leftOut.trashed())
                    + "; --include-trashed includes them.");
        }
        List<MissingOriginal> lacking =
                absences.stream().filter(absence -> !absence.backedUp()).toList();
        if (lacking.size() < absences.size()) {
            console.outcome(TextFormat.photos(absences.size() - lacking.size())
                    + " that are now at least partly only in iCloud were backed up before.");
        }
        List<MissingOriginal> placeholders =
                lacking.stream().filter(MissingOriginal::isPlaceholder).toList();
        if (!placeholders.isEmpty()) {
            console.mind(TextFormat.photos(placeholders.size())
                    + (placeholders.size() == 1 ? " is" : " are")
                    + " NOT in this backup: only in iCloud. 'shoebox coverage --list only-in-icloud' names them.");
            names(placeholders.stream().map(MissingOriginal::path).toList());
        }
        List<MissingOriginal> parts =
                lacking.stream().filter(absence -> !absence.isPlaceholder()).toList();
        if (!parts.isEmpty()) {
            console.mind(TextFormat.photos(parts.size())
                    + " without a part that is only in iCloud; the rest is backed up."
                    + " 'shoebox coverage --list part-missing' names them.");
            names(parts.stream()
                    .map(half -> half.path() + " (" + words(half.parts()) + ")")
                    .toList());
        }
        if (!lacking.isEmpty()) {
            console.mind("    To get them: on the iPhone, choose Settings > your name > iCloud > Photos > "
                    + "Download and"
                    + " Keep Originals, wait until it is done, and run the same command again.");
        }
    }

    /** Names only on request, as there may be very many. */
    private void names(List<String> names) {
        if (console.isVerbose()) {
            names.forEach(name -> console.mind("  " + name));
        }
    }

    private static String words(List<Role> parts) {
        return parts.stream()
                .map(part -> switch (part) {
                    case PAIRED_VIDEO -> "its moving half";
                    case ALTERNATE_PHOTO -> "its RAW file";
                    default -> "its " + TextFormat.hyphenated(part);
                })
                .collect(Collectors.joining(" and "));
    }

    Skipped leftOut() {
        return leftOut;
    }

    void libraryUnread() {
        absencesKnown = false;
    }

    /** Returns empty if unknown. */
    OptionalLong placeholders() {
        return count(absences.stream().filter(MissingOriginal::isPlaceholder));
    }

    OptionalLong partsMissing() {
        return count(absences.stream().filter(absence -> !absence.isPlaceholder()));
    }

    private OptionalLong count(Stream<MissingOriginal> some) {
        return absencesKnown ? OptionalLong.of(some.count()) : OptionalLong.empty();
    }
}
