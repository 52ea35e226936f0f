package dev.shoebox.backup.plan;

import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.event.DateSource;
import dev.shoebox.backup.event.UndatedCount;
import dev.shoebox.backup.plan.Planner.Step;
import dev.shoebox.destination.ingest.Arrival;
import dev.shoebox.destination.ingest.Staged;
import dev.shoebox.destination.ingest.StagedResource;
import dev.shoebox.destination.naming.Layout;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.LibraryAsset;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.choice.AssetFilter;
import dev.shoebox.photos.format.Plausibility;
import dev.shoebox.photos.metadata.Metadata;
import dev.shoebox.photos.metadata.field.MediaFacts;
import dev.shoebox.photos.naming.AlbumPath;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Determines when an asset was taken, from its files, the phone's library and the backup, and further facts for a
 * layout.
 */
public final class CaptureTimeResolver implements ArrivalDating {
    /** Reads the metadata of one file of an asset. */
    public interface Reader {
        MediaFacts read(Resource resource) throws IOException;
    }

    /** Returns a reader of the source's files. An unreadable file has no facts here, and fails when it is copied. */
    public static Reader reading(MediaSource source) {
        return resource -> {
            try (SeekableByteChannel bytes = source.open(resource.file())) {
                return Metadata.read(bytes);
            } catch (MediaSource.UnreadableException unreadable) {
                return MediaFacts.NONE;
            }
        };
    }

    /** A source that is a backup itself, and knows how it filed its photos. */
    public interface Filed {
        /** Returns when an asset was taken, by the records of that backup. */
        Optional<CaptureTime> captured(Asset asset) throws IOException;

        /** Returns whether that backup filed two files as one asset. */
        boolean areOne(MediaFile one, MediaFile other);
    }

    /** The facts that the backup already has about an asset. */
    public interface Memory {
        /** Returns when the asset was taken, if the backup has its original. */
        Optional<CaptureTime> captured(Asset asset) throws IOException;

        /** Returns the facts of one of its files; {@link MediaFacts#NONE} if the backup does not have it. */
        MediaFacts facts(Asset asset, Resource resource) throws IOException;

        /** Returns the source itself, if it is a backup. */
        default Optional<Filed> filed() {
            return Optional.empty();
        }

        Memory NONE = new Memory() {
            @Override
            public Optional<CaptureTime> captured(Asset asset) {
                return Optional.empty();
            }

            @Override
            public MediaFacts facts(Asset asset, Resource resource) {
                return MediaFacts.NONE;
            }
        };
    }

    /**
     * @param device the name of the source, for the layout
     * @param zone the time zone for times that are known only in UTC
     * @param now the current time; a capture time later than tomorrow is wrong
     */
    public record Setting(String device, ZoneId zone, Instant now, DateSource preferred) {}

    private static final Duration ANY_ZONE = Duration.ofHours(27);

    private final Setting setting;
    private final Library library;
    private final Memory memory;
    private final Predicate<MediaFile> broken;
    private final UndatedCount undated = new UndatedCount();

    public CaptureTimeResolver(Setting setting, Library library, Memory memory) {
        this(setting, library, memory, file -> false);
    }

    /** @param broken whether the source knows that a file is incomplete */
    public CaptureTimeResolver(Setting setting, Library library, Memory memory, Predicate<MediaFile> broken) {
        this.setting = setting;
        this.library = library;
        this.memory = memory;
        this.broken = broken;
    }

    @Override
    public List<Arrival> arrivals(Step step, List<StagedResource> whole) throws IOException {
        Map<String, StagedResource> arrived = new HashMap<>();
        Map<String, Staged> staged = new HashMap<>();
        for (StagedResource file : whole) {
            arrived.put(file.resource().file().path(), file);
            staged.put(file.resource().file().path(), file.staged());
        }
        Map<String, MediaFacts> said = new HashMap<>();
        Reader reader = resource -> {
            String path = resource.file().path();
            if (!said.containsKey(path)) {
                said.put(path, staged.get(path).facts());
            }
            return said.get(path);
        };
        List<Resource> here = step.missing().stream()
                .filter(resource -> staged.containsKey(resource.file().path()))
                .toList();
        List<Arrival> arrivals = new ArrayList<>();
        for (Dated part : dated(new Step(step.asset(), here), reader)) {
            List<StagedResource> files = part.step().missing().stream()
                    .map(resource -> judged(
                            part.step().asset(),
                            resource,
                            arrived.get(resource.file().path())))
                    .toList();
            arrivals.add(new Arrival(part.step().asset(), part.facts().captured(), part.facts(), files));
        }
        return arrivals;
    }

    /** Adds the library's facts. If an asset turned out to be another one, the roles of its files may change. */
    private StagedResource judged(Asset asset, Resource resource, StagedResource arrived) {
        Plausibility bytes = arrived.plausibility();
        boolean isShort =
                !bytes.isBroken() && (LibraryClaim.isShort(library, asset, resource) || broken.test(resource.file()));
        return new StagedResource(
                resource, arrived.staged(), isShort ? Plausibility.TRUNCATED : bytes, arrived.proof());
    }

    /** Files that are filed under one date. */
    public record Dated(Step step, Layout.Facts facts) {}

    /**
     * Returns the photos of a step, each with its date: one photo, unless the files show that they are of different
     * shots.
     *
     * @param step a step whose missing files can now be read
     */
    public List<Dated> dated(Step step, Reader reader) throws IOException {
        List<Dated> dated = new ArrayList<>();
        for (Step part : inAssets(step, reader)) {
            Layout.Facts facts = facts(part.asset(), part.missing(), reader);
            facts.captured().ifPresentOrElse(time -> undated.add(part.asset(), time), () -> undated.add(part.asset()));
            dated.add(new Dated(part, facts));
        }
        return dated;
    }

    /**
     * Whether the Photos library alone shows if a photo is within a span. Its time is the same moment as the date by
     * which the photo is filed, unless the camera's date is preferred; local times of one moment differ by at most 26
     * hours.
     */
    public boolean isSettledByLibrary(Asset asset, AssetFilter.Span span) {
        return setting.preferred() == DateSource.PHOTOS
                && known(asset)
                        .filter(says -> asset.resources().stream()
                                .allMatch(resource -> !isHalf(resource) || says.has(resource.role())))
                        .flatMap(this::library)
                        .filter(time -> span.isSettledBy(time, ANY_ZONE))
                        .isPresent();
    }

    private Optional<CaptureTime> library(LibraryAsset known) {
        return CaptureTime.of(known, setting.zone()).filter(time -> !time.isInFuture(setting.now()));
    }

    private static boolean isHalf(Resource resource) {
        return resource.role() == Role.PAIRED_VIDEO || resource.role() == Role.ALTERNATE_PHOTO;
    }

    /**
     * Splits a step into assets. A still and a film that share a name but are of different shots are not a Live Photo;
     * RAW and JPEG of different cameras are two photos as well. If both halves of a Live Photo have the identifier that
     * ties them, it decides. A file from an earlier run is considered when its other half arrives.
     */
    private List<Step> inAssets(Step step, Reader reader) throws IOException {
        Optional<Resource> still = Optional.empty();
        for (Resource resource : step.asset().resources()) {
            if (resource.role() == Role.PHOTO) {
                still = Optional.of(resource);
            }
        }
        if (still.isEmpty()) {
            return List.of(step);
        }
        List<Step> parts = new ArrayList<>();
        Step rest = step;
        boolean stillComes = step.missing().contains(still.get());
        for (Resource resource : step.asset().resources()) {
            boolean compares = isHalf(resource)
                    && (stillComes || step.missing().contains(resource))
                    && !isTied(step.asset(), resource);
            if (compares && isOfAnotherShot(step, still.get(), resource, reader)) {
                StepFilter.Apart apart = StepFilter.apart(rest, resource);
                apart.half().ifPresent(parts::add);
                rest = apart.rest();
            }
        }
        if (!rest.missing().isEmpty()) {
            parts.add(0, rest);
        }
        return parts;
    }

    private MediaFacts facts(Step step, Resource resource, Reader reader) throws IOException {
        return step.missing().contains(resource) ? reader.read(resource) : memory.facts(step.asset(), resource);
    }

    /** Whether the phone's own library calls it a half of this photo. */
    private boolean isTied(Asset asset, Resource half) {
        return known(asset)
                .filter(says -> !says.is(LibraryAsset.Trait.EXPORTED) && says.has(half.role()))
                .isPresent();
    }

    private boolean isOfAnotherShot(Step step, Resource still, Resource half, Reader reader) throws IOException {
        return memory.filed().isPresent()
                ? !memory.filed().get().areOne(still.file(), half.file())
                : isOfAnotherShot(facts(step, still, reader), facts(step, half, reader));
    }

    private boolean isOfAnotherShot(MediaFacts still, MediaFacts other) {
        if (still.contentIdentifier().isPresent() && other.contentIdentifier().isPresent()) {
            return !still.contentIdentifier().equals(other.contentIdentifier());
        }
        Optional<CaptureTime> one = still.captured(setting.now());
        return one.isPresent()
                && other.captured(setting.now())
                        .filter(time -> DateRanking.contradict(one.get(), time))
                        .isPresent();
    }

    /**
     * Chooses the best capture time: see {@link CaptureTime#isBetterThan}. A still keeps its own date. Files derived
     * from the shot count only if the shot itself has no date.
     *
     * @param readable the files of the asset that can now be read, originals first
     */
    Layout.Facts facts(Asset asset, List<Resource> readable, Reader reader) throws IOException {
        if (asset.primary().role() == Role.FILE) {
            return new Layout.Facts(Optional.empty(), setting.device(), type(asset), Optional.empty(), asset.name());
        }
        Optional<LibraryAsset> known = known(asset);
        Optional<CaptureTime> best = Optional.empty();
        Optional<String> model = Optional.empty();
        for (Resource resource : readable) {
            boolean settled =
                    best.isPresent() && (best.get().isSure() || !resource.role().isOriginal());
            if (!settled && resource.role() != Role.ADJUSTMENT_DATA) {
                MediaFacts facts = reader.read(resource);
                model = model.or(facts::cameraModel);
                Optional<CaptureTime> says = DateRanking.ofFile(facts, resource.file(), setting.now());
                boolean keeps = best.isPresent()
                        && best.get().origin().compareTo(CaptureTime.Origin.FILE_NAME) < 0
                        && asset.primary().role() == Role.PHOTO;
                best = keeps && says.isPresent()
                        ? Optional.of(DateRanking.withOffsetOf(best.get(), says.get()))
                        : DateRanking.best(Stream.of(best, says));
            }
        }
        best = DateRanking.best(Stream.concat(
                Stream.of(best),
                Stream.of(
                        readable.contains(asset.primary())
                                ? Optional.<CaptureTime>empty()
                                : memory.captured(asset).filter(time -> !time.isInFuture(setting.now())),
                        CaptureTime.of(asset.primary().file(), setting.now()))));
        if (known.isPresent() && best.isPresent()) {
            best = Optional.of(withLibrary(best.get(), known.get()));
        } else if (known.isPresent()) {
            best = library(known.get());
        }
        if (memory.filed().isPresent()) {
            Optional<CaptureTime> filed = memory.filed().get().captured(asset);
            best = filed.isPresent() ? filed : best;
        }
        ZoneId place =
                known.flatMap(LibraryAsset::offset).map(ZoneId.class::cast).orElse(setting.zone());
        return new Layout.Facts(
                best.map(time -> time.placedIn(place)),
                setting.device(),
                type(asset),
                model,
                asset.name(),
                known.flatMap(says -> says.albums().stream().sorted().findFirst())
                        .map(AlbumPath::title));
    }

    private CaptureTime withLibrary(CaptureTime own, LibraryAsset known) {
        boolean isExported = known.is(LibraryAsset.Trait.EXPORTED);
        Optional<CaptureTime> library = library(known);
        if (library.isEmpty()) {
            return isExported ? own : DateRanking.withZone(own, known);
        }
        return isExported
                ? DateRanking.withExport(own, library.get(), setting.preferred())
                : DateRanking.withLibrary(own, library.get(), known, setting.preferred());
    }

    /** Returns how many of the photos dated here have a guessed date. */
    public Optional<BackupEvent.Undated> undated() {
        return undated.event();
    }

    private Optional<LibraryAsset> known(Asset asset) {
        return library.find(asset)
                .or(() -> Previews.original(asset).flatMap(library::find))
                .filter(says -> says.isOf(asset) || Previews.original(asset).isPresent());
    }

    private static String type(Asset asset) {
        boolean still = asset.resources().stream()
                .anyMatch(resource -> resource.role() == Role.PHOTO
                        || resource.role() == Role.FULL_SIZE_PHOTO
                        || resource.role() == Role.PREVIEW);
        boolean moving = asset.resources().stream()
                .anyMatch(resource -> resource.role() == Role.PAIRED_VIDEO
                        || resource.role() == Role.VIDEO
                        || resource.role() == Role.FULL_SIZE_VIDEO);
        return still ? (moving ? "live" : "photo") : (moving ? "video" : "other");
    }
}
