package dev.shoebox.phonefiles;

import dev.shoebox.device.Phone;
import dev.shoebox.device.WaitForPerson;
import dev.shoebox.device.afc.PhonePhotos;
import dev.shoebox.device.apps.AppRefusedException;
import dev.shoebox.device.apps.HouseArrest;
import dev.shoebox.device.apps.SharingApp;
import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.photos.naming.EscapedName;
import dev.shoebox.photos.source.Inventory;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaStream;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.photos.source.Unreadable;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the cable shows of one phone besides photos: {@code Apps/<bundle identifier>/} for shared documents, and the
 * paths of the media folder for everything else. Reads only.
 */
public final class PhoneFiles implements OtherFiles {
    private static final String APPS = "Apps/";

    private final SourceId id;
    private final Phone phone;
    private final FileChoice choice;
    private final PhonePhotos media;
    private final PhonePhotos documents;
    private final Tree mediaTree;
    private final List<SharingApp> apps = new ArrayList<>();
    private final Map<String, Tree> trees = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();
    private final List<Unreadable> appsRefused = new ArrayList<>(1);
    private String titlesRefused = "";
    private Titles titles = Titles.NONE;
    private String meant = "";

    private PhoneFiles(SourceId id, Phone phone, FileChoice choice) {
        this.id = id;
        this.phone = phone;
        this.choice = choice;
        this.media = phone.media(id, new MediaRules(choice));
        this.documents = phone.documents(id, () -> meant, new DocumentRules());
        this.mediaTree = new Tree(media, () -> {}, "", "");
    }

    /**
     * Opens the requested files of a phone. Pairs if necessary.
     *
     * @param waiting how to wait for the first connection; if the phone is lost later, each call tries once to
     * reconnect
     */
    public static PhoneFiles open(Phone phone, FileChoice choice, WaitForPerson waiting) throws DeviceException {
        PhoneFiles files = new PhoneFiles(phone.filesId(waiting), phone, choice);
        files.lookForApps();
        return files;
    }

    private void lookForApps() throws DeviceException {
        apps.clear();
        trees.clear();
        names.clear();
        appsRefused.clear();
        if (!choice.groups().contains(FileGroup.DOCUMENTS)) {
            return;
        }
        try {
            apps.addAll(phone.apps().sharing());
        } catch (AppRefusedException refused) {
            hidden(refused.getMessage());
        } catch (DeviceException.ServiceRefused refused) {
            // The message of lockdown is about photos.
            hidden("Unlock it, then run the command again. If an organisation manages it (MDM), ask whether "
                    + "it allows this.");
        }
        Map<String, Integer> alike = new HashMap<>();
        apps.forEach(app -> alike.merge(folded(app), 1, Integer::sum));
        for (SharingApp app : apps) {
            String folder = folder(app);
            names.put(folder, alike.get(folded(app)) == 1 ? app.name() : app.name() + " (" + app.id() + ")");
            trees.put(folder, new Tree(documents, () -> mean(app.id()), HouseArrest.DOCUMENTS, APPS + folder));
        }
    }

    private void hidden(String why) {
        appsRefused.add(new Unreadable(
                APPS + "*", Unreadable.Reason.DENIED, "The iPhone did not list the apps that share documents. " + why));
    }

    private static String folded(SharingApp app) {
        return app.name().toLowerCase(Locale.ROOT);
    }

    /** A bundle identifier is arbitrary text. As a folder it must contain no slash and be unique. */
    private static String folder(SharingApp app) {
        return EscapedName.text(app.id().getBytes(StandardCharsets.UTF_8)).replace("/", "\\x2F");
    }

    private void mean(String app) {
        if (!meant.equals(app)) {
            documents.leave();
            meant = app;
        }
    }

    @Override
    public List<SharingApp> apps() {
        return List.copyOf(apps);
    }

    /** Returns whether the phone refuses to list the apps that share documents. */
    public boolean hidesApps() {
        return !appsRefused.isEmpty();
    }

    @Override
    public SourceId id() {
        return id;
    }

    @Override
    public Listing list() throws IOException {
        lookForApps();
        List<MediaFile> files = new ArrayList<>();
        List<Unreadable> unreadable = new ArrayList<>();
        Inventory inventory = Inventory.NOTHING;
        if (choice.wantsMedia()) {
            Listing listing = mediaTree.list();
            files.addAll(listing.files());
            unreadable.addAll(listing.unreadable());
            inventory = inventory.plus(listing.inventory());
            readTitles(listing.files());
        }
        if (hidesApps()) {
            unreadable.addAll(appsRefused);
            inventory = inventory.plus(one());
        }
        for (SharingApp app : apps) {
            if (!choice.wants(app)) {
                continue;
            }
            Tree tree = trees.get(folder(app));
            try {
                Listing listing = tree.list();
                files.addAll(listing.files());
                unreadable.addAll(listing.unreadable());
                inventory = inventory.plus(listing.inventory());
            } catch (DeviceException.ServiceRefused refused) {
                unreadable.add(new Unreadable(APPS + folder(app), Unreadable.Reason.DENIED, refused.getMessage()));
                inventory = inventory.plus(one());
            } finally {
                tree.leave();
            }
        }
        return new Listing(files, unreadable, inventory);
    }

    private static Inventory one() {
        return new Inventory(1, Map.of(), List.of(), Map.of());
    }

    private void readTitles(List<MediaFile> files) throws IOException {
        titlesRefused = "";
        if (files.isEmpty()) {
            return;
        }
        TitleLists lists = new TitleLists(media, files.stream().anyMatch(file -> groupOf(file) == FileGroup.MUSIC));
        titles = lists.read();
        titlesRefused = lists.unreadable();
    }

    @Override
    public List<String> remarks() {
        return titlesRefused.isEmpty() ? List.of() : List.of(titlesRefused);
    }

    @Override
    public List<Section> sections(Listing listing) {
        FileCounts counts = new FileCounts();
        for (MediaFile file : listing.files()) {
            counts.add(appOf(file.path()).orElseGet(() -> groupOf(file).name()), file.size());
        }
        List<Section> sections = new ArrayList<>();
        for (SharingApp app : apps) {
            if (choice.wants(app)) {
                sections.add(counts.of(APPS + folder(app) + "/", app));
            }
        }
        for (FileGroup group : FileGroup.values()) {
            if (group != FileGroup.DOCUMENTS && choice.groups().contains(group)) {
                sections.add(counts.of(group));
            }
        }
        return sections;
    }

    private static FileGroup groupOf(MediaFile file) {
        return FileGroup.of(file.path()).orElse(FileGroup.DOCUMENTS);
    }

    /** Returns the folder of the app that owns a document, with a slash at the end. */
    private static Optional<String> appOf(String path) {
        return path.startsWith(APPS)
                ? Optional.of(path.substring(0, path.indexOf('/', APPS.length()) + 1))
                : Optional.empty();
    }

    @Override
    public String place(MediaFile file) {
        Optional<String> app = appOf(file.path());
        if (app.isPresent()) {
            String folder = app.get().substring(APPS.length(), app.get().length() - 1);
            return FileGroup.DOCUMENTS.folder() + "/"
                    + names.getOrDefault(folder, folder).replace('/', '_') + "/"
                    + file.path().substring(app.get().length());
        }
        return groupOf(file).folder() + "/" + titles.place(file.path());
    }

    @Override
    public MediaStream read(List<Request> requests) throws IOException {
        if (requests.isEmpty()) {
            // An empty read checks whether the phone is there.
            return media.read(requests);
        }
        Map<Tree, FileStream.Leg> legs = new LinkedHashMap<>();
        List<Unreadable> gone = new ArrayList<>();
        for (Request request : requests) {
            String path = request.file().path();
            Optional<Tree> tree = treeOf(path);
            if (tree.isEmpty()) {
                gone.add(gone(path));
            } else {
                FileStream.Leg leg = legs.computeIfAbsent(tree.get(), FileStream.Leg::new);
                MediaFile theirs = tree.get().theirs(request.file());
                leg.requests().add(new Request(theirs, request.offset()));
                leg.paths().put(theirs.path(), path);
            }
        }
        return new FileStream(gone, List.copyOf(legs.values())).begin();
    }

    private Optional<Tree> treeOf(String path) {
        Optional<String> app = appOf(path);
        return app.isEmpty()
                ? Optional.of(mediaTree)
                : Optional.ofNullable(
                        trees.get(app.get().substring(APPS.length(), app.get().length() - 1)));
    }

    private static Unreadable gone(String path) {
        return new Unreadable(
                path, Unreadable.Reason.GONE, "The app is no longer on the iPhone, or no longer shares documents.");
    }

    @Override
    public SeekableByteChannel open(MediaFile file) throws IOException {
        Tree tree = treeOf(file.path()).orElseThrow(() -> new UnreadableException(gone(file.path())));
        try {
            return tree.open(file);
        } catch (DeviceException.ServiceRefused refused) {
            throw new UnreadableException(new Unreadable(file.path(), Unreadable.Reason.DENIED, refused.getMessage()));
        }
    }

    @Override
    public void close() {
        media.close();
        documents.close();
    }
}
