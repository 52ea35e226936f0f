package dev.shoebox.run;

import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.event.BackupResult;
import dev.shoebox.destination.disk.DiskLimitation;
import dev.shoebox.photos.source.SourceId;

import java.nio.file.Path;
import java.util.Set;

/** Prints nothing. A test overrides what it is about. */
class SilentListener implements BackupListener {
    @Override
    public void opened(SourceId source, Path root, Set<DiskLimitation> limits) {}

    @Override
    public void event(BackupEvent event) {}

    @Override
    public void finished(BackupResult result, int damaged) {}

    @Override
    public void closing() {}

    @Override
    public void note(String line) {}

    @Override
    public void say(String line) {}

    @Override
    public void warn(String line) {}
}
