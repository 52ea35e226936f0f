package dev.shoebox.destination;

import dev.shoebox.destination.disk.Names;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * The content of a disk, and what the system still holds in memory for it: names and bytes, and which of them are
 * durable. Knows what a power cut may leave, and chooses one outcome.
 */
public final class Medium {
    /** The system drops unwritten data by the page; as small as our files are. */
    private static final int PAGE = 64;

    final DiskProfile profile;
    private final Map<String, Name> live = new TreeMap<>();
    private final Map<String, Name> durable = new HashMap<>();

    /** Names made and removed since, in order. Where order is kept, those of one list become durable together. */
    private final List<List<Change>> pending = new ArrayList<>();

    /** Places of deleted files, which the next file reuses. */
    private final Deque<Place> free = new ArrayDeque<>();

    public Medium(DiskProfile profile) {
        this.profile = profile;
        var root = new Name("", new Node(true));
        live.put("", root);
        durable.put("", root);
    }

    /** A path as it was spelled, and its node. */
    public record Name(String path, Node node) {}

    /** @param name empty: removed */
    private record Change(String key, Optional<Name> name) {}

    /** A location of bytes on the disk. */
    private static final class Place {}

    /** A file or a folder. */
    public static final class Node {
        final boolean folder;
        private byte[] bytes = {};
        private byte[] durableBytes = {};
        private Instant modified = Instant.EPOCH;
        private Instant durableModified = Instant.EPOCH;
        private final Set<Integer> dirty = new HashSet<>();
        private Optional<Place> place = Optional.empty();
        private boolean givenAway;
        private boolean sizeless;
        private boolean stuck;

        Node(boolean folder) {
            this.folder = folder;
        }

        public byte[] bytes() {
            return bytes;
        }

        Instant modified() {
            return modified;
        }

        /** A read past the system's memory first writes what is pending. */
        byte[] bytesPastCache() {
            return dirty.isEmpty() ? durableBytes : bytes;
        }

        private void force() {
            byte[] written = Arrays.copyOf(durableBytes, bytes.length);
            for (int page : dirty) {
                int from = page * PAGE;
                if (from < bytes.length) {
                    System.arraycopy(bytes, from, written, from, Math.min(PAGE, bytes.length - from));
                }
            }
            durableBytes = written;
            durableModified = modified;
            dirty.clear();
            sizeless = stuck;
        }

        private void touch(int from, int to) {
            for (int page = from / PAGE; page * PAGE < to; page++) {
                dirty.add(page);
            }
        }
    }

    public Optional<Name> at(String path) {
        return Optional.ofNullable(live.get(profile.key(path)));
    }

    /** All names, by key. */
    Map<String, Name> names() {
        return live;
    }

    void give(String path, Node node) {
        change(new Change(profile.key(path), Optional.of(new Name(path, node))));
    }

    /** A file that has been there for long, unless there is one. */
    public synchronized void keep(String path, byte[] bytes) {
        if (!live.containsKey(profile.key(path))) {
            var node = new Node(false);
            node.bytes = bytes;
            node.durableBytes = bytes;
            keep(new Name(path, node));
            for (String folder = Names.folder(path); !folder.isEmpty(); folder = Names.folder(folder)) {
                Name known = live.get(profile.key(folder));
                keep(known == null ? new Name(folder, new Node(true)) : known);
            }
        }
    }

    /** Writes everything that is pending. */
    synchronized void settle() {
        live.values().forEach(name -> name.node().force());
        keepNames();
    }

    /** Time damages a file or its content. */
    synchronized void damage(String path, Optional<byte[]> left) {
        Name name = live.get(profile.key(path));
        if (left.isPresent()) {
            name.node().bytes = left.get();
            name.node().durableBytes = left.get();
        } else {
            live.remove(profile.key(path));
            durable.remove(profile.key(path));
        }
    }

    private void keep(Name name) {
        live.put(profile.key(name.path()), name);
        durable.put(profile.key(name.path()), name);
    }

    void move(Name from, String fresh) {
        Node moved = from.node();
        if (profile.namesOwnBytes()) {
            moved = new Node(false);
            moved.bytes = from.node().bytes;
            moved.modified = from.node().modified;
            moved.place = from.node().place;
            moved.durableBytes = from.node().durableBytes;
            moved.durableModified = from.node().durableModified;
            moved.dirty.addAll(from.node().dirty);
            moved.sizeless = profile.renameResets();
        }
        change(
                new Change(profile.key(fresh), Optional.of(new Name(fresh, moved))),
                new Change(profile.key(from.path()), Optional.empty()));
    }

    void delete(Name name) {
        change(new Change(profile.key(name.path()), Optional.empty()));
        if (profile.namesOwnBytes() && name.node().place.isPresent()) {
            Place place = name.node().place.get();
            // A place that is freed twice is free once.
            free.remove(place);
            free.addFirst(place);
            live.values().stream()
                    .filter(other -> other.node().place.filter(place::equals).isPresent())
                    .forEach(other -> other.node().givenAway = true);
        }
    }

    private void change(Change... changes) {
        for (Change change : changes) {
            put(live, change);
        }
        pending.add(List.of(changes));
    }

    private static void put(Map<String, Name> names, Change change) {
        if (change.name().isPresent()) {
            names.put(change.key(), change.name().get());
        } else {
            names.remove(change.key());
        }
    }

    void write(Node node, byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        if (profile.namesOwnBytes()) {
            // The next bytes that are written overwrite what is left of a deleted file.
            live.values().stream()
                    .map(Name::node)
                    .filter(other -> other.givenAway)
                    .forEach(Medium::ruin);
            if (node.place.isEmpty()) {
                node.place = Optional.of(free.isEmpty() ? new Place() : free.removeFirst());
            }
        }
        int end = node.bytes.length;
        node.bytes = Arrays.copyOf(node.bytes, end + bytes.length);
        System.arraycopy(bytes, 0, node.bytes, end, bytes.length);
        node.touch(end, node.bytes.length);
    }

    private static void ruin(Node node) {
        node.givenAway = false;
        node.bytes = new byte[node.bytes.length];
        node.durableBytes = new byte[node.durableBytes.length];
    }

    void truncate(Node node, int size) {
        node.bytes = Arrays.copyOf(node.bytes, size);
        node.touch(size == 0 ? 0 : size - 1, size);
    }

    void stamp(Node node, Instant modified) {
        node.modified = modified;
        // Setting the time makes the metadata, including the size, pending again.
        node.stuck = false;
    }

    void force(Name name) {
        name.node().force();
        if (profile.isOrdered()) {
            keepNames();
        } else if (profile.forceKeepsName()) {
            keepName(profile.key(name.path()));
        }
    }

    /** The system gives up: pending bytes count as written and are not. */
    void failForce(Node node) {
        node.dirty.clear();
        node.stuck = node.sizeless;
    }

    void forceFolder(String folder) {
        if (profile.isOrdered()) {
            keepNames();
        } else {
            var keys = new HashSet<String>();
            pending.forEach(changes -> changes.forEach(change -> keys.add(change.key())));
            keys.stream()
                    .filter(key -> Names.folder(key).equals(profile.key(folder)))
                    .forEach(this::keepName);
        }
    }

    private void keepNames() {
        durable.clear();
        durable.putAll(live);
        pending.clear();
    }

    private void keepName(String key) {
        put(durable, new Change(key, Optional.ofNullable(live.get(key))));
        pending.replaceAll(changes ->
                changes.stream().filter(change -> !change.key().equals(key)).toList());
        pending.removeIf(List::isEmpty);
    }

    /**
     * What a power cut would choose from: the state of each file, the durable names, and the pending changes of names.
     *
     * @param spelled how to spell a path
     */
    synchronized List<Object> atStake(UnaryOperator<String> spelled) {
        List<Object> files = new ArrayList<>();
        live.forEach((key, name) -> files.add(List.of(
                spelled.apply(key),
                new TreeSet<>(name.node().dirty),
                Arrays.equals(name.node().bytes, name.node().durableBytes),
                name.node().givenAway,
                name.node().sizeless,
                name.node().stuck)));
        List<Object> names = new ArrayList<>();
        new TreeMap<>(durable)
                .forEach((key, name) -> names.add(List.of(
                        spelled.apply(key),
                        live.containsKey(key) && live.get(key).node() == name.node())));
        List<Object> changes = new ArrayList<>();
        pending.forEach(together -> changes.add(together.stream()
                .map(change ->
                        List.of(spelled.apply(change.key()), change.name().isPresent()))
                .toList()));
        return List.of(files, names, changes);
    }

    /** One of the possible outcomes of a power cut. */
    Medium afterPowerCut(Random random) {
        Map<String, Name> left = new TreeMap<>(durable);
        // The worst and the best outcome deserve more trials than chance would give them.
        int mood = random.nextInt(4);
        if (profile.isOrdered()) {
            int kept = mood == 0 ? 0 : mood == 1 ? pending.size() : random.nextInt(pending.size() + 1);
            pending.subList(0, kept).forEach(changes -> changes.forEach(change -> put(left, change)));
        } else {
            var each = new TreeMap<String, List<Change>>();
            pending.forEach(changes -> changes.forEach(change ->
                    each.computeIfAbsent(change.key(), key -> new ArrayList<>()).add(change)));
            each.forEach((key, changes) -> {
                int last = mood == 0 ? 0 : mood == 1 ? changes.size() : random.nextInt(changes.size() + 1);
                if (last > 0) {
                    put(left, changes.get(last - 1));
                }
            });
        }
        var after = new Medium(profile);
        var nodes = new IdentityHashMap<Node, Node>();
        left.forEach((key, name) -> {
            if (!key.isEmpty() && isReachable(left, key)) {
                Node node = nodes.computeIfAbsent(name.node(), old -> left(old, mood, random));
                after.live.put(key, new Name(name.path(), node));
            }
        });
        loseWhatOthersTook(nodes);
        after.durable.clear();
        after.durable.putAll(after.live);
        return after;
    }

    private static boolean isReachable(Map<String, Name> names, String key) {
        for (String folder = Names.folder(key); !folder.isEmpty(); folder = Names.folder(folder)) {
            if (!names.containsKey(folder) || !names.get(folder).node().folder) {
                return false;
            }
        }
        return true;
    }

    /** A name that came back has the bytes of the file that reused its place. */
    private void loseWhatOthersTook(Map<Node, Node> after) {
        var owners = new HashMap<Place, Node>();
        live.values().forEach(name -> name.node().place.ifPresent(place -> owners.put(place, name.node())));
        after.forEach((old, node) -> {
            Optional<Node> owner = old.place.map(owners::get);
            if (owner.isPresent() && owner.get() != old) {
                node.bytes = Arrays.copyOf(owner.get().bytes, node.bytes.length);
                node.durableBytes = node.bytes;
            }
        });
    }

    private Node left(Node old, int mood, Random random) {
        var node = new Node(old.folder);
        boolean written = mood == 1 || (mood > 1 && random.nextBoolean());
        boolean empty = old.sizeless && !written && (mood == 0 || random.nextBoolean());
        node.bytes = empty ? new byte[0] : mood == 0 ? old.durableBytes : leftOf(old, written, random);
        node.durableBytes = node.bytes;
        node.modified = written ? old.modified : old.durableModified;
        node.durableModified = node.modified;
        node.place = old.place;
        return node;
    }

    private byte[] leftOf(Node old, boolean written, Random random) {
        // Dropped pages are intact until the system stops, and lost after that.
        var whole = new Node(false);
        whole.bytes = old.bytes;
        whole.durableBytes = old.durableBytes;
        whole.dirty.addAll(old.dirty);
        whole.force();
        byte[] full = whole.durableBytes;
        byte[] before = old.durableBytes;
        if (written || Arrays.equals(full, before)) {
            return full;
        }
        int same = Math.max(0, Arrays.mismatch(full, before));
        int cut = same + random.nextInt(Math.max(1, full.length - same));
        byte[] after = before.clone();
        switch (random.nextInt(profile.isOrdered() ? 2 : 4)) {
            case 0 -> after = full.length < before.length ? full : Arrays.copyOf(full, cut);
            case 1 -> {
                // Unchanged.
            }
            case 2 -> after = Arrays.copyOf(Arrays.copyOf(full, Math.min(cut, full.length)), full.length);
            // The old size, with as many of the new bytes.
            default -> System.arraycopy(full, 0, after, 0, Math.min(full.length, before.length));
        }
        return after;
    }
}
