package dev.shoebox.run;

import dev.shoebox.history.RunRecord;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.SourceId;

import java.io.IOException;
import java.nio.file.Path;

/** Opens the source of a run once the run has its turn. */
public interface SourceOpener {
    /**
     * Whether the source is a phone, which may be unplugged and come back. A folder or an archive does not come back by
     * waiting.
     */
    boolean isPhone();

    /** Whether this may open a source that was backed up before. */
    boolean mayBe(SourceId known);

    /** Returns the kind under which a run with this source is recorded. */
    default RunRecord.Kind kind() {
        return RunRecord.Kind.BACKUP;
    }

    /**
     * Rejects a destination inside the source, or around it.
     *
     * @throws IOException if the folders cannot be compared
     */
    void check(Path root) throws IOException;

    /** @param wait how to wait for the phone and its owner */
    MediaSource open(PhoneWait wait) throws IOException;
}
