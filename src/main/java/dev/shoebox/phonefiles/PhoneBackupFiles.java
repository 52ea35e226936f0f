package dev.shoebox.phonefiles;

import dev.shoebox.device.apps.SharingApp;
import dev.shoebox.phonebackup.PhoneBackup;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.MediaStream;
import dev.shoebox.photos.source.PassedOver;
import dev.shoebox.photos.source.SourceId;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a local backup of a phone has besides photos. Apps are named by their identifiers: a backup has no other
 * reliable names.
 */
public final class PhoneBackupFiles implements OtherFiles {
    private static final String MADE_BY_SYSTEM = "made by an operating system for its own use";

    private final MediaSource files;
    private final FileChoice choice;
    private final SortedSet<String> apps;

    private PhoneBackupFiles(MediaSource files, FileChoice choice, SortedSet<String> apps) {
        this.files = files;
        this.choice = choice;
        this.apps = apps;
    }

    /**
     * Opens the requested files of a backup.
     *
     * @param unlocking called once if the backup is encrypted, otherwise never
     * @throws IOException with a one-line message for people, if it cannot be read
     */
    public static PhoneBackupFiles open(PhoneBackup backup, FileChoice choice, PhoneBackup.Unlocking unlocking)
            throws IOException {
        SortedSet<String> apps = new TreeSet<>();
        MediaSource files = backup.others((domain, path) -> passedOver(domain, path, choice, apps), unlocking);
        return new PhoneBackupFiles(files, choice, apps);
    }

    private static Optional<PassedOver> passedOver(
            String domain, String path, FileChoice choice, SortedSet<String> apps) {
        Optional<BackedUpFile> known = BackedUpFile.of(domain, path);
        if (known.isEmpty()) {
            return Optional.of(new PassedOver(domain, PassedOver.Kind.SYSTEM, "reserved by iOS or an app"));
        }
        BackedUpFile file = known.get();
        if (file.group() == FileGroup.DOCUMENTS) {
            apps.add(file.app());
        }
        boolean wanted = choice.groups().contains(file.group())
                && (file.group() != FileGroup.DOCUMENTS || choice.wants(app(file.app())));
        String whole = domain + "/" + path;
        if (!wanted) {
            return Optional.of(new PassedOver(domain, PassedOver.Kind.SOUND, "not one of the requested kinds"));
        }
        if (file.place().startsWith(".Trash/")) {
            return Optional.of(new PassedOver(domain + "/.Trash", PassedOver.Kind.TRASH, "it is in a trash folder"));
        }
        if (DocumentRules.isLeftBehind(path)) {
            return Optional.of(new PassedOver(whole, PassedOver.Kind.SYSTEM, MADE_BY_SYSTEM));
        }
        return FileGroup.isProtected(path)
                ? Optional.of(new PassedOver(
                        whole,
                        PassedOver.Kind.PROTECTED,
                        "a protected purchase, playable only with the account that bought it or subscribes to it"))
                : Optional.empty();
    }

    private static SharingApp app(String id) {
        return new SharingApp(id, id);
    }

    @Override
    public List<SharingApp> apps() {
        return apps.stream().map(PhoneBackupFiles::app).toList();
    }

    @Override
    public List<Section> sections(Listing listing) {
        FileCounts counts = new FileCounts();
        for (MediaFile file : listing.files()) {
            BackedUpFile known = known(file);
            counts.add(
                    known.group() == FileGroup.DOCUMENTS
                            ? known.app()
                            : known.group().name(),
                    file.size());
        }
        List<Section> sections = new ArrayList<>();
        apps().stream()
                .filter(app -> choice.groups().contains(FileGroup.DOCUMENTS) && choice.wants(app))
                .forEach(app -> sections.add(counts.of(app.id(), app)));
        for (FileGroup group : FileGroup.values()) {
            if (group != FileGroup.DOCUMENTS && choice.groups().contains(group)) {
                sections.add(counts.of(group));
            }
        }
        return sections;
    }

    /** Only files of known kinds are listed. */
    private static BackedUpFile known(MediaFile file) {
        int slash = file.path().indexOf('/');
        String domain = file.path().substring(0, slash);
        String path = file.path().substring(slash + 1);
        // A duplicate or invalid path is listed under another one.
        return BackedUpFile.of(domain, path).orElseGet(() -> new BackedUpFile(FileGroup.DOCUMENTS, domain, path));
    }

    @Override
    public String place(MediaFile file) {
        BackedUpFile known = known(file);
        String below = known.app().isEmpty() ? "" : known.app() + "/";
        return known.group().folder() + "/" + below + known.place();
    }

    @Override
    public SourceId id() {
        return files.id();
    }

    @Override
    public Listing list() throws IOException {
        return files.list();
    }

    @Override
    public MediaStream read(List<Request> requests) throws IOException {
        return files.read(requests);
    }

    @Override
    public SeekableByteChannel open(MediaFile file) throws IOException {
        return files.open(file);
    }

    @Override
    public List<String> remarks() {
        return files.remarks();
    }

    @Override
    public boolean isBroken(MediaFile file) {
        return files.isBroken(file);
    }

    @Override
    public void close() {
        files.close();
    }
}
