package dev.shoebox.folder;

import dev.shoebox.folder.JoinedParts.Part;
import dev.shoebox.photos.naming.ExportName;
import dev.shoebox.photos.sorting.FileSorter;
import dev.shoebox.photos.source.Inventory;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.ListingLimits;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.MediaStream;
import dev.shoebox.photos.source.NamedFiles;
import dev.shoebox.photos.source.PassedOver;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.photos.source.Unreadable;
import dev.shoebox.text.DistinctPaths;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads several folders and archives as one source: the roots named together, the archives in a folder or archive, the
 * parts of one export. Each part has a prefix for the paths of its files. Parts of one export share a prefix and
 * overlap as if unpacked into one folder; repeated paths are disambiguated as within an archive.
 */
final class JoinedSource implements MediaSource, NamedFiles {
    /**
     * A folder or an archive that was named.
     *
     * @param place the prefix of its paths; empty, or ending with a slash
     */
    record Root(MediaSource source, String place) {}

    private record Origin(MediaSource source, MediaFile file) {}

    private final SourceId id;
    private final List<Root> roots;
    private final ListingLimits limits;
    private JoinedParts parts;

    /** The origin of each file; empty if the only part has the same paths as the whole. */
    private Map<String, Origin> origins = Map.of();

    JoinedSource(SourceId id, List<Root> roots, ListingLimits limits) {
        this.id = id;
        this.limits = limits;
        this.parts = new JoinedParts(limits, id.name());
        this.roots = List.copyOf(roots);
    }

    @Override
    public SourceId id() {
        return id;
    }

    @Override
    public Listing list() throws IOException {
        parts.close();
        parts = new JoinedParts(limits, id.name());
        for (Root root : roots) {
            parts.add(root.source(), root.place());
        }
        if (sole().isPresent()) {
            Listing listing = parts.found().get(0).listing();
            return parts.rest().inventory().found() == 0
                    ? listing
                    : joined(listing.files(), listing.unreadable(), listing.inventory());
        }
        Map<String, Origin> found = new HashMap<>();
        DistinctPaths paths = new DistinctPaths();
        List<MediaFile> files = new ArrayList<>();
        List<Unreadable> unreadable = new ArrayList<>();
        Inventory inventory = Inventory.NOTHING;
        List<Map<String, String>> renamed = new ArrayList<>();
        for (Part part : parts.found()) {
            Map<String, String> here = new HashMap<>();
            renamed.add(here);
            for (MediaFile file : part.listing().files()) {
                String path = paths.distinct(part.place() + file.path());
                here.put(file.path(), path);
                files.add(file.at(path));
                found.put(path, new Origin(part.source(), file));
            }
            part.listing().unreadable().forEach(one -> unreadable.add(at(part.place() + one.path(), one)));
        }
        // Only after all files: a text that belongs to nothing takes no file's path.
        Set<String> apart = new HashSet<>();
        for (int index = 0; index < renamed.size(); index++) {
            Part part = parts.found().get(index);
            Map<String, String> here = renamed.get(index);
            for (MediaFile text : part.listing().inventory().texts()) {
                if (!here.containsKey(text.path())) {
                    String path = paths.distinct(part.place() + text.path());
                    here.put(text.path(), path);
                    found.put(path, new Origin(part.source(), text));
                    apart.add(path);
                }
            }
            inventory =
                    inventory.plus(part.listing().inventory().at(path -> here.getOrDefault(path, part.place() + path)));
        }
        Set<String> owned = owned(new Listing(files, unreadable, inventory), apart);
        inventory.texts().stream().filter(text -> owned.contains(text.path())).forEach(files::add);
        inventory = inventory.listing(PassedOver.Kind.DATA, owned);
        origins = found;
        return joined(files, unreadable, inventory);
    }

    /**
     * Finds the JSON files whose photos are in another part.
     *
     * @param apart texts that their own part passed over
     */
    private static Set<String> owned(Listing all, Set<String> apart) {
        Set<String> folders = new HashSet<>();
        List<MediaFile> texts = all.inventory().texts().stream()
                .filter(text -> ExportName.isJson(text.name()))
                .toList();
        texts.stream().filter(text -> apart.contains(text.path())).forEach(text -> folders.add(text.directory()));
        Set<String> owned = new HashSet<>(FileSorter.owned(
                all,
                texts.stream()
                        .filter(text -> folders.contains(text.directory()))
                        .toList()));
        owned.retainAll(apart);
        return owned;
    }

    private Listing joined(List<MediaFile> files, List<Unreadable> unreadable, Inventory inventory) {
        List<Unreadable> all = new ArrayList<>(unreadable);
        all.addAll(parts.rest().unreadable());
        return new Listing(files, all, inventory.plus(parts.rest().inventory()));
    }

    /** The only part, if its paths are those of the whole. */
    private Optional<MediaSource> sole() {
        boolean sole = roots.size() == 1
                && roots.get(0).place().isEmpty()
                && parts.found().size() <= 1;
        return sole ? Optional.of(roots.get(0).source()) : Optional.empty();
    }

    private static Unreadable at(String path, Unreadable one) {
        return path.equals(one.path()) ? one : new Unreadable(path, one.reason(), one.message());
    }

    @Override
    public MediaStream read(List<Request> requests) throws IOException {
        if (sole().isPresent()) {
            return sole().get().read(requests);
        }
        for (Root root : roots) {
            // Opening an empty stream checks that the root is still there.
            root.source().read(List.of()).close();
        }
        Map<MediaSource, JoinedStream.Leg> legs = new LinkedHashMap<>();
        List<Unreadable> gone = new ArrayList<>();
        for (Request request : requests) {
            String path = request.file().path();
            Optional<Origin> origin = origin(request.file());
            if (origin.isEmpty()) {
                gone.add(gone(path));
            } else {
                MediaFile file = origin.get().file();
                JoinedStream.Leg leg = legs.computeIfAbsent(origin.get().source(), JoinedStream.Leg::new);
                leg.requests().add(new Request(file, request.offset()));
                leg.paths().put(file.path(), path);
            }
        }
        return new JoinedStream(gone, legs.values());
    }

    private Optional<Origin> origin(MediaFile file) throws IOException {
        Optional<Origin> origin = Optional.ofNullable(origins.get(file.path()));
        if (origin.isEmpty()) {
            try {
                origin = named(file.path());
            } catch (UnreadableException none) {
                return Optional.empty();
            }
        }
        return origin.filter(found -> found.file().at(file.path()).equals(file));
    }

    private static Unreadable gone(String path) {
        return new Unreadable(
                path,
                Unreadable.Reason.GONE,
                path + " changed since it was listed. Run the command again to back up its present state.");
    }

    @Override
    public SeekableByteChannel open(MediaFile file) throws IOException {
        if (sole().isPresent()) {
            return sole().get().open(file);
        }
        Origin origin = origin(file).orElseThrow(() -> new UnreadableException(gone(file.path())));
        return origin.source().open(origin.file());
    }

    @Override
    public Optional<MediaFile> find(String path) throws IOException {
        return named(path).map(origin -> origin.file().at(path));
    }

    /** Looks a path up in the roots, but not in archives within them. */
    private Optional<Origin> named(String path) throws IOException {
        for (Root root : roots) {
            Optional<NamedFiles> named = NamedFiles.of(root.source());
            if (named.isPresent() && path.startsWith(root.place())) {
                Optional<MediaFile> file =
                        named.get().find(path.substring(root.place().length()));
                if (file.isPresent()) {
                    return Optional.of(new Origin(root.source(), file.get()));
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        parts.close();
        roots.forEach(root -> root.source().close());
    }
}
