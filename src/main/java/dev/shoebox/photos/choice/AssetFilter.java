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
 * Which photos and videos a person wants: all that fulfil every one of these conditions. An asset is chosen or left out as
 * a whole; which of its files are wanted is for {@link ResourceFilter} to say.
 *
 * @param only of at least one of these kinds; empty: of any kind
 * @param skip of none of these kinds
 * @param favourites marked as a favourite
 * @param without having none of these traits, of {@link Trait#TRASHED} and {@link Trait#HIDDEN}; what the library does not
 *     know has none
 */
public record AssetFilter(
        Span taken,
        Set<Kind> only,
        Set<Kind> skip,
        Albums albums,
        boolean favourites,
        Sizes sizes,
        Set<Trait> without) {
    /** What is backed up where a person says nothing: everything but what they threw away. */
    public static final AssetFilter EVERYTHING =
            new AssetFilter(Span.EVER, Set.of(), Set.of(), Albums.ANY, false, Sizes.ANY, Set.of(Trait.TRASHED));

    public AssetFilter {
        only = Set.copyOf(only);
        skip = Set.copyOf(skip);
        without = Set.copyOf(without);
    }

    /** The same, with what is in Recently Deleted and what is hidden. */
    public AssetFilter withTrashed() {
        return new AssetFilter(taken, only, skip, albums, favourites, sizes, Set.of());
    }

    /** What a choice comes to for one asset. */
    public enum Verdict {
        CHOSEN,
        /** Chosen otherwise, but in Recently Deleted. */
        TRASHED,
        LEFT_OUT
    }

    /** Never anything but chosen for want of knowledge, unless a favourite, an album or a size is asked for. */
    public Verdict judge(FilterSubject candidate) {
        boolean fulfilled = taken.admits(candidate.captured())
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
     * When photos were taken. Bounds without an offset are compared with the clock on the wall where the photo was taken.
     *
     * @param since at this time or later
     * @param before earlier than this
     * @param zone where a photo was taken of which no offset is known
     */
    public record Span(Optional<Bound> since, Optional<Bound> before, ZoneId zone) {
        public static final Span EVER = new Span(Optional.empty(), Optional.empty(), ZoneOffset.UTC);

        /** Without a bound the zone says nothing, and no file need be opened for its date. */
        public Span {
            zone = since.isEmpty() && before.isEmpty() ? ZoneOffset.UTC : zone;
        }

        /**
         * Whether every date that differs by at most {@code margin} from one is within the span where that one is, and not where
         * it is not.
         */
        public boolean isSettledBy(CaptureTime time, Duration margin) {
            CaptureTime early = time.plus(margin.negated());
            CaptureTime late = time.plus(margin);
            return Stream.of(since, before)
                    .flatMap(Optional::stream)
                    .allMatch(bound -> bound.isAfter(early, zone) == bound.isAfter(late, zone));
        }

        /** A photo of which nobody knows when it was taken is within every span. */
        boolean admits(Optional<CaptureTime> captured) {
            return captured.isEmpty()
                    || (since.filter(bound -> bound.isAfter(captured.get(), zone))
                                    .isEmpty()
                            && before.filter(bound -> !bound.isAfter(captured.get(), zone))
                                    .isEmpty());
        }
    }

    /** A moment: one of the world, or one of the clock on the wall. Exactly one of the two is given. */
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
     * @param in in at least one of these; empty: in any or none
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
     * Bounds of the size of all files of an asset together, in bytes, both included.
     *
     * @param least 0 for none
     * @param most {@link Long#MAX_VALUE} for none
     */
    public record Sizes(long least, long most) {
        public static final Sizes ANY = new Sizes(0, Long.MAX_VALUE);

        /** What has no known size fits no bounds. */
        boolean admit(FilterSubject candidate) {
            return equals(ANY)
                    || (candidate.bytes().isPresent()
                            && candidate.bytes().getAsLong() >= least
                            && candidate.bytes().getAsLong() <= most);
        }
    }
}
