package dev.shoebox.backup.plan;

import dev.shoebox.photos.Asset;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.source.MediaFile;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Joins the films of Live Photos with their stills if the names mislead: some exports number stills and films of the
 * same name separately, as in {@code IMG_1(1).MOV} or {@code IMG_1-1.MOV}. Both halves contain the same identifier, so
 * files with such names, and no others, are opened.
 */
public final class LiveHalves {
    /** At most this many files are opened: in a film, the identifier may be far from the start. */
    private static final int MOST_LOOKED_INTO = 4_000;

    private static final Pattern NUMBER = Pattern.compile("(\\(\\d{1,4}\\)|-\\d{1,3}| \\d{1,2})$");

    /** Reads the identifier of a Live Photo from a file; empty if there is none. */
    public interface Reader {
        Optional<String> contentIdentifier(Resource resource) throws IOException;
    }

    private final Reader reader;
    private int lookedInto;

    public LiveHalves(Reader reader) {
        this.reader = reader;
    }

    /**
     * Returns the same files as assets, with films joined to the stills they belong to.
     *
     * @param wanted paths of files to copy: only names shared with one of them are examined
     */
    public List<Asset> together(List<Asset> assets, Set<String> wanted) throws IOException {
        Map<String, List<Asset>> alike = new LinkedHashMap<>();
        for (Asset asset : assets) {
            alike.computeIfAbsent(NUMBER.matcher(asset.key()).replaceFirst(""), none -> new ArrayList<>(1))
                    .add(asset);
        }
        Map<String, Asset> moved = new HashMap<>();
        for (List<Asset> group : alike.values()) {
            if (group.size() > 1
                    && has(group, Role.PHOTO)
                    && (has(group, Role.PAIRED_VIDEO) || has(group, Role.VIDEO))
                    && group.stream().anyMatch(asset -> isWanted(asset, wanted))) {
                moved.putAll(moved(group));
            }
        }
        if (moved.isEmpty()) {
            return assets;
        }
        List<Asset> all = new ArrayList<>(assets.size());
        Set<String> keys = new HashSet<>();
        for (Asset asset : assets) {
            Asset now = moved.getOrDefault(asset.key(), asset);
            if (!now.resources().isEmpty() && keys.add(now.key())) {
                all.add(now);
            }
        }
        moved.values().stream()
                .filter(asset -> !asset.resources().isEmpty() && keys.add(asset.key()))
                .forEach(all::add);
        return all;
    }

    private static boolean has(List<Asset> group, Role role) {
        return group.stream()
                .anyMatch(asset -> asset.resources().stream().anyMatch(resource -> resource.role() == role));
    }

    private static boolean isWanted(Asset asset, Set<String> wanted) {
        return asset.resources().stream()
                .anyMatch(resource -> wanted.contains(resource.file().path()));
    }

    /** Returns the changed assets of a group by key; films without a still become assets of their own. */
    private Map<String, Asset> moved(List<Asset> group) throws IOException {
        Map<String, Asset> stills = new HashMap<>();
        Map<Resource, Asset> films = new LinkedHashMap<>();
        for (Asset asset : group) {
            for (Resource resource : asset.resources()) {
                boolean film = resource.role() == Role.PAIRED_VIDEO || resource.role() == Role.VIDEO;
                if (film) {
                    films.put(resource, asset);
                } else if (resource.role() == Role.PHOTO) {
                    identifier(resource).ifPresent(tie -> stills.putIfAbsent(tie, asset));
                }
            }
        }
        Map<String, Resource> owner = new HashMap<>();
        boolean changed = false;
        if (stills.isEmpty()) {
            return Map.of();
        }
        for (Map.Entry<Resource, Asset> film : films.entrySet()) {
            Optional<Asset> still = identifier(film.getKey()).map(stills::get);
            if (still.isPresent() && owner.putIfAbsent(still.get().key(), film.getKey()) == null) {
                changed |= !still.get().equals(film.getValue());
            }
        }
        return changed ? regrouped(group, films, owner) : Map.of();
    }

    private static Map<String, Asset> regrouped(
            List<Asset> group, Map<Resource, Asset> films, Map<String, Resource> owner) {
        Map<String, Asset> now = new LinkedHashMap<>();
        Set<Resource> placed = new HashSet<>(owner.values());
        for (Asset asset : group) {
            Optional<Resource> own = Optional.ofNullable(owner.get(asset.key()));
            List<Resource> kept = new ArrayList<>();
            for (Resource resource : asset.resources()) {
                boolean leaves = placed.contains(resource)
                        || (own.isPresent() && films.containsKey(resource) && resource.role() == Role.PAIRED_VIDEO);
                if (!leaves) {
                    kept.add(resource);
                } else if (!placed.contains(resource)) {
                    MediaFile file = resource.file();
                    now.put(file.path(), new Asset(file.path(), asset.name(), List.of(new Resource(file, Role.VIDEO))));
                }
            }
            own.ifPresent(film -> kept.add(new Resource(film.file(), Role.PAIRED_VIDEO)));
            now.put(asset.key(), new Asset(asset.key(), asset.name(), kept));
        }
        return now;
    }

    private Optional<String> identifier(Resource resource) throws IOException {
        return ++lookedInto > MOST_LOOKED_INTO ? Optional.empty() : reader.contentIdentifier(resource);
    }
}
