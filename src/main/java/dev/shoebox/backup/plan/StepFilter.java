package dev.shoebox.backup.plan;

import dev.shoebox.backup.event.MissingOriginal;
import dev.shoebox.backup.event.Skipped;
import dev.shoebox.backup.plan.Planner.Step;
import dev.shoebox.coverage.AssetCoverage;
import dev.shoebox.coverage.Coverage;
import dev.shoebox.coverage.CoverageClass;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.LibraryAsset;
import dev.shoebox.photos.LibraryAsset.Trait;
import dev.shoebox.photos.LibraryAsset.Upload;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.Uploads;
import dev.shoebox.photos.choice.AssetFilter;
import dev.shoebox.photos.choice.FilterSubject;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaFile;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Selects and orders the steps of a plan, and finds files that the library lists and the source does not have. */
public final class StepFilter {
    private final BackupSelection wanted;
    private final ZoneId zone;
    private final Instant now;
    private final Library library;

    /** @param now the current time; a capture time later than tomorrow is wrong */
    public StepFilter(BackupSelection wanted, ZoneId zone, Instant now, Library library) {
        this.wanted = wanted;
        this.zone = zone;
        this.now = now;
        this.library = library;
    }

    /** Creates a filter for a selection without dates. */
    public StepFilter(BackupSelection wanted, Library library) {
        this(wanted, ZoneOffset.UTC, Instant.EPOCH, library);
    }

    /**
     * @param steps the selected steps
     * @param out the excluded files
     */
    public record Picked(List<Step> steps, Skipped out) {}

    /** Removes unselected files, and everything in Recently Deleted unless that is selected. */
    public Picked pick(List<Step> all) {
        return pick(all, Map.of());
    }

    /** @param taken the dates of assets for which the library alone does not settle the selection */
    public Picked pick(List<Step> all, Map<String, Optional<CaptureTime>> taken) {
        if (!library.isThere() && wanted.isEverything()) {
            return new Picked(all, Skipped.NOTHING);
        }
        PickedSteps.Builder steps = new PickedSteps.Builder(all);
        Skipped out = Skipped.NOTHING;
        for (int number = 0; number < all.size(); number++) {
            Step step = all.get(number);
            switch (verdict(step.asset(), taken)) {
                case TRASHED -> out = out.plusTrashed(step.missing().size());
                case LEFT_OUT -> out = out.plusAsset(step.missing().size());
                case CHOSEN -> {
                    List<Resource> parts = step.missing().stream()
                            .filter(resource -> wanted.parts().keep(step.asset(), resource))
                            .toList();
                    out = out.plusParts(step.missing().size() - parts.size());
                    if (!parts.isEmpty()) {
                        steps.take(number, step, parts);
                    }
                }
            }
        }
        return new Picked(inOrder(steps.build()), out);
    }

    private AssetFilter.Verdict verdict(Asset asset, Map<String, Optional<CaptureTime>> taken) {
        if (!wanted.names(asset)) {
            return AssetFilter.Verdict.LEFT_OUT;
        }
        if (asset.primary().role() == Role.PREVIEW) {
            // A preview is there only because its original was selected.
            return AssetFilter.Verdict.CHOSEN;
        }
        FilterSubject candidate = known(asset)
                .map(says -> FilterSubject.of(asset, says, zone))
                .orElseGet(() -> FilterSubject.of(asset, zone));
        Optional<CaptureTime> filed = taken.get(asset.key());
        return wanted.choice()
                .judge(filed == null ? candidate : filed.map(candidate::taken).orElseGet(candidate::undated));
    }

    private Optional<LibraryAsset> known(Asset asset) {
        return library.find(asset).filter(says -> says.isOf(asset));
    }

    private List<Step> inOrder(List<Step> steps) {
        boolean rescue =
                switch (wanted.order()) {
                    case RESCUE -> true;
                    case PHONE -> false;
                    case AS_NEEDED -> isBehind(library);
                };
        if (!rescue) {
            return steps;
        }
        Uploads uploads = library.uploads();
        record Ranked(
                Step step,
                boolean rejected,
                boolean onlyHere,
                Instant waitsSince,
                boolean favourite,
                LocalDateTime taken) {}
        return steps.stream()
                .map(step -> {
                    Optional<LibraryAsset> known = known(step.asset());
                    return new Ranked(
                            step,
                            known.filter(says -> says.upload() == Upload.REJECTED)
                                    .isPresent(),
                            known.filter(says -> says.upload() == Upload.NOT_UPLOADED
                                            || uploads.waiting().containsKey(says.path()))
                                    .isPresent(),
                            known.flatMap(says -> uploads.waiting().getOrDefault(says.path(), Optional.empty()))
                                    .orElse(Instant.MAX),
                            known.filter(says -> says.is(Trait.FAVOURITE)).isPresent(),
                            known.map(says -> FilterSubject.of(step.asset(), says, zone))
                                    .orElseGet(() -> FilterSubject.of(step.asset(), zone))
                                    .captured()
                                    .map(CaptureTime::local)
                                    .orElse(LocalDateTime.MIN));
                })
                .sorted(Comparator.comparing((Ranked ranked) -> !ranked.rejected())
                        .thenComparing(ranked -> !ranked.onlyHere())
                        .thenComparing(Ranked::waitsSince)
                        .thenComparing(ranked -> !ranked.favourite())
                        .thenComparing(Ranked::taken, Comparator.reverseOrder()))
                .map(Ranked::step)
                .toList();
    }

    /** Whether iCloud Photos is on and not up to date. */
    private static boolean isBehind(Library library) {
        if (!library.icloud().orElse(false)) {
            return false;
        }
        for (LibraryAsset asset : library.assets()) {
            if (!asset.is(Trait.TRASHED)
                    && (asset.upload() == Upload.NOT_UPLOADED
                            || asset.upload() == Upload.PENDING
                            || asset.upload() == Upload.REJECTED)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Selected files that the library lists and the source does not have.
     *
     * @param absences originals that are in iCloud, wholly or in part
     * @param unaccounted the number of further files without evidence that iCloud has them
     */
    record Missing(List<MissingOriginal> absences, long unaccounted) {}

    /** @param listing the whole listing of the source */
    Missing missing(Listing listing) {
        if (!library.isThere()) {
            return new Missing(List.of(), 0);
        }
        List<MissingOriginal> absences = new ArrayList<>();
        long unaccounted = 0;
        for (AssetCoverage covered : Coverage.of(listing, library)) {
            if (covered.known().isEmpty()) {
                continue;
            }
            LibraryAsset known = covered.known().get();
            if (!wanted.names(covered.path())
                    || wanted.choice().judge(covered.subject(zone, now)) != AssetFilter.Verdict.CHOSEN) {
                continue;
            }
            if (!covered.isHere() && covered.whereabouts() == CoverageClass.UNKNOWN) {
                unaccounted++;
            }
            List<Role> absent = covered.isHere()
                    ? covered.asset()
                            .map(files -> Coverage.missingParts(known, files))
                            .orElse(List.of())
                    : covered.whereabouts() == CoverageClass.ONLY_IN_ICLOUD ? List.of(known.kind()) : List.of();
            if (!absent.isEmpty()) {
                absences.add(MissingOriginal.of(known, absent));
            }
        }
        return new Missing(List.copyOf(absences), unaccounted);
    }

    /** Separates films from stills of the same name if the library shows that they do not belong together. */
    List<Step> apart(List<Step> steps) {
        if (!library.isThere()) {
            return steps;
        }
        PickedSteps.Builder all = new PickedSteps.Builder(steps);
        for (int number = 0; number < steps.size(); number++) {
            Step step = steps.get(number);
            Optional<Resource> film = step.asset().resources().stream()
                    .filter(resource -> resource.role() == Role.PAIRED_VIDEO)
                    .filter(resource -> library.at(resource.file().path())
                            .filter(says -> says.kind() == Role.VIDEO && !says.is(Trait.EXPORTED))
                            .isPresent())
                    .findFirst();
            if (film.isEmpty()) {
                all.take(number);
                continue;
            }
            for (Step half : apart(step, film.get()).steps()) {
                all.take(number, half);
            }
        }
        return all.build();
    }

    /**
     * A step without its film or RAW half, and a step for that half.
     *
     * @param rest may have no missing files
     * @param half empty if the half is not missing
     */
    record Apart(Step rest, Optional<Step> half) {
        List<Step> steps() {
            return Stream.concat(Stream.of(rest).filter(step -> !step.missing().isEmpty()), half.stream())
                    .toList();
        }
    }

    static Apart apart(Step step, Resource half) {
        MediaFile file = half.file();
        Asset asset = step.asset();
        Resource own = new Resource(file, half.role() == Role.ALTERNATE_PHOTO ? Role.PHOTO : Role.VIDEO);
        Asset rest = new Asset(asset.key(), asset.name(), without(half, asset.resources()));
        return new Apart(
                new Step(rest, without(half, step.missing())),
                step.missing().contains(half)
                        ? Optional.of(new Step(new Asset(file.path(), asset.name(), List.of(own)), List.of(own)))
                        : Optional.empty());
    }

    private static List<Resource> without(Resource half, List<Resource> resources) {
        return resources.stream().filter(resource -> !resource.equals(half)).toList();
    }
}
