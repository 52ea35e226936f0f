package dev.shoebox.cli.backup;

import dev.shoebox.backup.event.BackupEvent.Undated;
import dev.shoebox.cli.terminal.JsonEvent;

/** Prints how many photos contain no date, so that nobody relies on a guess. */
public final class UndatedOutput {
    private UndatedOutput() {}

    public static JsonEvent event(Undated undated) {
        return new JsonEvent("undated")
                .with("photos", undated.photos())
                .with("all", undated.all())
                .with("folders", undated.folders())
                .with("copyDay", undated.copyDay().map(Object::toString));
    }
}
