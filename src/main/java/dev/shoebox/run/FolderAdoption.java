package dev.shoebox.run;

import dev.shoebox.backup.Adoption;
import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.plan.CaptureTimeResolver;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.folder.FolderSource;
import dev.shoebox.photos.source.MediaSource;

import java.io.IOException;
import java.util.function.BooleanSupplier;

/** Adopts photos that are in the folder of a new backup already, so that they are not copied again. */
final class FolderAdoption {
    private final BackupRequest request;
    private final Surroundings around;
    private final BackupListener listener;
    private final BooleanSupplier stopping;

    FolderAdoption(BackupRequest request, Surroundings around, BackupListener listener, BooleanSupplier stopping) {
        this.request = request;
        this.around = around;
        this.listener = listener;
        this.stopping = stopping;
    }

    /** @param to just opened */
    void run(Destination to) throws IOException {
        if (!to.ownerChanges().isAdopting() && !(request.opening() == OpenMode.INITIALISE && to.isNew())) {
            return;
        }
        try (MediaSource folder = FolderSource.open(to.root())) {
            var setting = new CaptureTimeResolver.Setting(
                    folder.id().name(),
                    request.options().zone(),
                    around.clock().instant(),
                    request.options().dates());
            var told = new PhoneLibrary(around.places(), listener);
            new Adoption(
                            folder,
                            (listing, all) -> told.read(folder, listing, stopping),
                            to,
                            setting,
                            around.clock(),
                            stopping,
                            new Adoption.Listener() {
                                @Override
                                public void progress(long files, long ofFiles, long bytes, long ofBytes) {
                                    listener.event(new BackupEvent.Adopting(files, ofFiles, bytes, ofBytes));
                                }

                                @Override
                                public void differs(String path) {
                                    listener.event(new BackupEvent.Warning(path
                                            + " does not match SHA256SUMS: it was changed or is damaged. It "
                                            + "does not count as backed up."));
                                }

                                @Override
                                public void unreadable(String path, String reason) {
                                    listener.event(new BackupEvent.Warning(path + ": " + reason));
                                }
                            })
                    .run();
        }
    }
}
