package dev.shoebox.photos.sorting;

import dev.shoebox.photos.Asset;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.source.PackedFiles;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;

/** The assets of a listing, in about ten bytes for each besides the files. Creates an equal object at each access. */
final class PackedAssets extends AbstractList<Asset> implements RandomAccess {
    private static final List<Role> ROLES = List.of(Role.values());

    private final PackedFiles files;

    /** The offset of each asset in the two following arrays, and the end of the last. */
    private final int[] starts;

    /** Indexes of files. */
    private final int[] members;

    /** The role of each of the members. */
    private final byte[] roles;

    /** The names of assets that are not named after their first file. */
    private final Map<Integer, Named> named;

    /**
     * A file and its role.
     *
     * @param file its index
     */
    record Part(int file, Role role) {}

    private record Named(String key, String name) {}

    private PackedAssets(PackedFiles files, int[] starts, int[] members, byte[] roles, Map<Integer, Named> named) {
        this.files = files;
        this.starts = starts;
        this.members = members;
        this.roles = roles;
        this.named = named;
    }

    @Override
    public int size() {
        return starts.length - 1;
    }

    @Override
    public Asset get(int index) {
        int start = starts[index];
        int end = starts[index + 1];
        Resource first = resource(start);
        Named apart = named.get(index);
        String key = apart == null ? Asset.keyOf(first.file().path()) : apart.key();
        String name = apart == null ? name(key) : apart.name();
        if (end - start == 1) {
            return new Asset(key, name, List.of(first));
        }
        List<Resource> resources = new ArrayList<>(end - start);
        resources.add(first);
        for (int member = start + 1; member < end; member++) {
            resources.add(resource(member));
        }
        return new Asset(key, name, resources);
    }

    private Resource resource(int member) {
        return new Resource(files.get(members[member]), ROLES.get(roles[member]));
    }

    private static String name(String key) {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    /** Accepts assets in any order, and sorts them by their first files. */
    static final class Builder {
        private final PackedFiles files;
        private final int[] members;
        private final byte[] roles;
        private final Map<Integer, Named> named = new HashMap<>();
        private int[] starts = new int[16];

        /** The sort keys of the assets. */
        private int[] firsts = new int[16];

        private int assets;
        private int taken;

        /** @param files the files, each of which becomes part of one asset */
        Builder(PackedFiles files) {
            this.files = files;
            this.members = new int[files.size()];
            this.roles = new byte[files.size()];
        }

        /** @param first the index of a file; assets with the same value keep their order */
        void add(int first, String key, String name, List<Part> parts) {
            if (assets + 1 == starts.length) {
                starts = Arrays.copyOf(starts, assets + assets / 2 + 2);
                firsts = Arrays.copyOf(firsts, assets + assets / 2 + 2);
            }
            String leader = files.get(parts.get(0).file()).path();
            if (!key.equals(Asset.keyOf(leader)) || !name.equals(name(key))) {
                named.put(assets, new Named(key, name));
            }
            for (Part part : parts) {
                members[taken] = part.file();
                roles[taken++] = (byte) ROLES.indexOf(part.role());
            }
            firsts[assets++] = first;
            starts[assets] = taken;
        }

        PackedAssets build() {
            boolean ordered = true;
            for (int asset = 1; asset < assets && ordered; asset++) {
                ordered = firsts[asset - 1] <= firsts[asset];
            }
            int[] ends = Arrays.copyOf(starts, assets + 1);
            return ordered ? new PackedAssets(files, ends, members, roles, named) : inOrder(ends);
        }

        private PackedAssets inOrder(int[] before) {
            Integer[] order = new Integer[assets];
            Arrays.setAll(order, asset -> asset);
            Arrays.sort(order, Comparator.comparingInt(asset -> firsts[asset]));
            int[] after = new int[assets + 1];
            int[] movedMembers = new int[taken];
            byte[] movedRoles = new byte[taken];
            Map<Integer, Named> movedNames = new HashMap<>();
            for (int asset = 0; asset < assets; asset++) {
                int from = before[order[asset]];
                int count = before[order[asset] + 1] - from;
                System.arraycopy(members, from, movedMembers, after[asset], count);
                System.arraycopy(roles, from, movedRoles, after[asset], count);
                after[asset + 1] = after[asset] + count;
                Named name = named.get(order[asset]);
                if (name != null) {
                    movedNames.put(asset, name);
                }
            }
            return new PackedAssets(files, after, movedMembers, movedRoles, movedNames);
        }
    }
}
