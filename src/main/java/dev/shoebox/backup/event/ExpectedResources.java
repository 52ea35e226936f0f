package dev.shoebox.backup.event;

import dev.shoebox.photos.Resource;
import dev.shoebox.photos.source.PathIndex;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** Files that must have an outcome, and which of them have one. */
final class ExpectedResources {
    static final ExpectedResources NONE = new ExpectedResources(List.of());

    private final List<Resource> all;
    private final PathIndex index;
    private final BitSet settled = new BitSet();

    /** @param all must not change */
    ExpectedResources(List<Resource> all) {
        this.all = all;
        this.index = new PathIndex(all.size(), number -> all.get(number).file().path());
    }

    void settle(String path) {
        int number = index.find(path);
        if (number >= 0) {
            settled.set(number);
        }
    }

    List<Resource> unsettled() {
        return IntStream.range(0, all.size())
                .filter(number -> !settled.get(number))
                .mapToObj(all::get)
                .toList();
    }
}
