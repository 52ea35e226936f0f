package dev.shoebox.run;

import dev.shoebox.history.RunRecord;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.SourceId;

import java.io.IOException;
import java.nio.file.Path;

/** Opens what the photos come from once a run has its turn. */
public interface SourceOpener {
    /** Whether it is a phone, which may be unplugged and come back; a folder or an archive does not come back by waiting. */
    boolean isPhone();

    /** Whether a source that was backed up before is one that this may open. */
    boolean mayBe(SourceId known);

    /** As what a run with this source is remembered. */
    default RunRecord.Kind kind() {
        return RunRecord.Kind.BACKUP;
    }

    /**
     * Refuses a destination that lies in the source, or around it.
     *
     * @throws IOException if the folders cannot be told
     */
    void check(Path root) throws IOException;

    /** @param wait how the phone and its owner are waited for */
    MediaSource open(PhoneWait wait) throws IOException;
}
