package dev.shoebox.photos.choice;

import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.Kind;
import dev.shoebox.photos.LibraryAsset;
import dev.shoebox.photos.LibraryAsset.Trait;
import dev.shoebox.photos.naming.AlbumPath;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Selects photos and videos: those that fulfil all of these conditions. An asset is selected or excluded as a whole;
 * {@link ResourceFilter} selects its files.
 *
 * @param only of at least one of these kinds; empty for any kind
 * @param skip of none of these kinds
 * @param favourites whether only favourites
 * @param without with none of these traits, {@link Trait#TRASHED} and {@link Trait#HIDDEN}; an asset that the library
 *     does not know has none
 */
public record AssetFilter(
        Span taken,
        Set<Kind> only,
        Set<Kind> skip,
        Albums albums,
        boolean favourites,
        Sizes sizes,
        Set<Trait> without) {
    /** The default selection: everything except deleted photos. */
    public static final AssetFilter EVERYTHING =
            new AssetFilter(Span.EVER, Set.of(), Set.of(), Albums.ANY, false, Sizes.ANY, Set.of(Trait.TRASHED));

    public AssetFilter {
        only = Set.copyOf(only);
        skip = Set.copyOf(skip);
        without = Set.copyOf(without);
    }

    /** Whether this equals {@link #EVERYTHING}. The equals of a record costs a short run tens of generated classes. */
    public boolean isEverything() {
        return taken.isEver()
                && only.isEmpty()
                && skip.isEmpty()
                && albums.in().isEmpty()
                && albums.out().isEmpty()
                && !favourites
                && sizes.areAny()
                && without.equals(EVERYTHING.without);
    }

    /** Returns this with hidden photos and those in Recently Deleted. */
    public AssetFilter withTrashed() {
        return new AssetFilter(taken, only, skip, albums, favourites, sizes, Set.of());
    }

    /** The result for one asset. */
    public enum Verdict {
        CHOSEN,
        /** Otherwise selected, but in Recently Deleted. */
        TRASHED,
        LEFT_OUT
    }

    /**
     * Judges an asset. Unknown facts, such as the capture time, never exclude one, except if favourites, an album or a
     * size are requested.
     */
    public Verdict judge(FilterSubject candidate) {
        boolean fulfilled = candidate.captured().map(taken::admits).orElse(true)
                && (only.isEmpty() || !Collections.disjoint(candidate.kinds(), only))
                && Collections.disjoint(candidate.kinds(), skip)
                && albums.admit(candidate.known().map(LibraryAsset::albums).orElse(List.of()))
                && (!favourites || has(candidate, Trait.FAVOURITE))
                && sizes.admit(candidate)
                && !(without.contains(Trait.HIDDEN) && has(candidate, Trait.HIDDEN));
        if (!fulfilled) {
            return Verdict.LEFT_OUT;
        }
        return without.contains(Trait.TRASHED) && has(candidate, Trait.TRASHED) ? Verdict.TRASHED : Verdict.CHOSEN;
    }

    private static boolean has(FilterSubject candidate, Trait trait) {
        return candidate.known().filter(known -> known.is(trait)).isPresent();
    }

    /**
     * A span of capture times. Bounds without an offset are compared with the local time where the photo was taken.
     *
     * @param since at this time or later
     * @param before earlier than this
     * @param zone the time zone of photos without a known offset
     */
    public record Span(Optional<Bound> since, Optional<Bound> before, ZoneId zone) {
        public static final Span EVER = new Span(Optional.empty(), Optional.empty(), ZoneOffset.UTC);

        /** Drops the zone if there is no bound, so that no file is opened for its date. */
        public Span {
            zone = since.isEmpty() && before.isEmpty() ? ZoneOffset.UTC : zone;
        }

        public boolean isEver() {
            return since.isEmpty() && before.isEmpty();
        }

        /** Returns whether all dates that differ from one by at most {@code margin} are within the span, or none is. */
        public boolean isSettledBy(CaptureTime time, Duration margin) {
            CaptureTime early = time.plus(margin.negated());
            CaptureTime late = time.plus(margin);
            return Stream.of(since, before)
                    .flatMap(Optional::stream)
                    .allMatch(bound -> bound.isAfter(early, zone) == bound.isAfter(late, zone));
        }

        /** Returns whether the span contains a time. */
        boolean admits(CaptureTime captured) {
            return since.filter(bound -> bound.isAfter(captured, zone)).isEmpty()
                    && before.filter(bound -> !bound.isAfter(captured, zone)).isEmpty();
        }
    }

    /** A bound: an instant, or a local time. Exactly one of the two is given. */
    public record Bound(Optional<Instant> instant, Optional<LocalDateTime> local) {
        public static Bound of(Instant instant) {
            return new Bound(Optional.of(instant), Optional.empty());
        }

        public static Bound of(LocalDateTime local) {
            return new Bound(Optional.empty(), Optional.of(local));
        }

        private boolean isAfter(CaptureTime time, ZoneId zone) {
            if (local.isPresent()) {
                return local.get().isAfter(time.local());
            }
            Instant taken = time.offset()
                    .map(offset -> time.local().toInstant(offset))
                    .orElseGet(() -> time.local().atZone(zone).toInstant());
            return instant.orElseThrow().isAfter(taken);
        }
    }

    /**
     * @param in in at least one of these; empty for any or none
     * @param out in none of these
     */
    public record Albums(List<String> in, List<String> out) {
        public static final Albums ANY = new Albums(List.of(), List.of());

        public Albums {
            in = List.copyOf(in);
            out = List.copyOf(out);
        }

        boolean admit(List<AlbumPath> albums) {
            return (in.isEmpty() || in.stream().anyMatch(name -> isAmong(name, albums)))
                    && out.stream().noneMatch(name -> isAmong(name, albums));
        }

        private static boolean isAmong(String name, List<AlbumPath> albums) {
            return albums.stream().anyMatch(album -> album.isNamed(name));
        }
    }

    /**
     * Bounds of the total size of all files of an asset, in bytes, inclusive.
     *
     * @param least 0 for none
     * @param most {@link Long#MAX_VALUE} for none
     */
    public record Sizes(long least, long most) {
        public static final Sizes ANY = new Sizes(0, Long.MAX_VALUE);

        boolean areAny() {
            return least == 0 && most == Long.MAX_VALUE;
        }

        /** Returns whether the size is within the bounds; an unknown size is not. */
        boolean admit(FilterSubject candidate) {
            return areAny()
                    || (candidate.bytes().isPresent()
                            && candidate.bytes().getAsLong() >= least
                            && candidate.bytes().getAsLong() <= most);
        }
    }
}
