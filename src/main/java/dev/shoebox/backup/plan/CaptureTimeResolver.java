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

/** Finds out when an asset was taken, from its files, the phone's library and the backup, and what a layout wants to know. */
public final class CaptureTimeResolver implements ArrivalDating {
    /** Reads what one file of an asset says of itself. */
    public interface Reader {
        MediaFacts read(Resource resource) throws IOException;
    }

    /** A file that cannot be read tells nothing, and fails where it is copied. */
    public static Reader reading(MediaSource source) {
        return resource -> {
            try (SeekableByteChannel bytes = source.open(resource.file())) {
                return Metadata.read(bytes);
            } catch (MediaSource.UnreadableException unreadable) {
                return MediaFacts.NONE;
            }
        };
    }

    /** A source that is a backup itself: it knows how it filed what it has. */
    public interface Filed {
        /** When an asset was taken, as that backup found out. */
        Optional<CaptureTime> captured(Asset asset) throws IOException;

        /** Whether that backup filed two files as one asset. */
        boolean areOne(MediaFile one, MediaFile other);
    }

    /** What the backup has already of an asset. */
    public interface Memory {
        /** When it was taken, if its original is there. */
        Optional<CaptureTime> captured(Asset asset) throws IOException;

        /** What one of its files says; {@link MediaFacts#NONE} if it is not there. */
        MediaFacts facts(Asset asset, Resource resource) throws IOException;

        /** The source itself, where it is a backup. */
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
     * @param device the name of the source, which a layout may want
     * @param zone where a time known only in UTC is placed
     * @param now later than tomorrow no photo was taken
     */
    public record Setting(String device, ZoneId zone, Instant now, DateSource preferred) {}

    private static final Duration ANY_ZONE = Duration.ofHours(27);

    private final Setting setting;
    private final Optional<Library> library;
    private final Memory memory;
    private final Predicate<MediaFile> broken;
    private final UndatedCount undated = new UndatedCount();

    public CaptureTimeResolver(Setting setting, Optional<Library> library, Memory memory) {
        this(setting, library, memory, file -> false);
    }

    /** @param broken whether the source knows of a file that came that it is not whole */
    public CaptureTimeResolver(Setting setting, Optional<Library> library, Memory memory, Predicate<MediaFile> broken) {
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

    /** With what the library says of it; of an asset that turned out to be another one, the roles may be others. */
    private StagedResource judged(Asset asset, Resource resource, StagedResource arrived) {
        Plausibility bytes = arrived.plausibility();
        boolean isShort =
                !bytes.isBroken() && (LibraryClaim.isShort(library, asset, resource) || broken.test(resource.file()));
        return new StagedResource(
                resource, arrived.staged(), isShort ? Plausibility.TRUNCATED : bytes, arrived.proof());
    }

    /** What is filed under one date. */
    public record Dated(Step step, Layout.Facts facts) {}

    /**
     * The photos that a step turns out to be, each with its date: one, unless its files tell that they are of different shots.
     *
     * @param step whose missing files can be read now
     */
    public List<Dated> dated(Step step, Reader reader) throws IOException {
        List<Dated> dated = new ArrayList<>();
        for (Step part : inAssets(step, reader)) {
            Layout.Facts facts = facts(part.asset(), part.missing(), reader);
            undated.add(part.asset(), facts.captured());
            dated.add(new Dated(part, facts));
        }
        return dated;
    }

    /**
     * Whether what the Photos library says is enough to tell if a photo is within a span. It is of the same moment as the date by
     * which the photo is filed, unless the camera's is wanted; the local times of one moment differ by 26 hours at most.
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
     * A still and a film that share a name and say that they are of different shots are no Live Photo; RAW and JPEG of different
     * cameras are two photos as well. What ties the halves of a Live Photo together decides where both have it. A file that came
     * in an earlier run has its say where its other half comes now.
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

    /** Whether the phone's own library says that it is a half of this photo. */
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
        return DateRanking.contradict(still.captured(setting.now()), other.captured(setting.now()));
    }

    /**
     * Of all that is known of the time, the best counts: see {@link CaptureTime#isBetterThan}. A still keeps its own date. What was
     * made from the shot is asked only where the shot itself does not know.
     *
     * @param readable the files of the asset that can be read now, its originals first
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
                        : DateRanking.better(best, says);
            }
        }
        best = better(best, readable.contains(asset.primary()) ? Optional.empty() : memory.captured(asset));
        best = better(best, CaptureTime.of(asset.primary().file()));
        if (known.isPresent()) {
            Optional<CaptureTime> library = library(known.get());
            best = known.get().is(LibraryAsset.Trait.EXPORTED)
                    ? DateRanking.withExport(best, library, setting.preferred())
                    : DateRanking.withLibrary(best, library, known.get().offset(), setting.preferred());
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

    private Optional<CaptureTime> better(Optional<CaptureTime> best, Optional<CaptureTime> other) {
        return DateRanking.better(best, other.filter(time -> !time.isInFuture(setting.now())));
    }

    /** What of the photos that were dated here is a guess. */
    public Optional<BackupEvent.Undated> undated() {
        return undated.event();
    }

    private Optional<LibraryAsset> known(Asset asset) {
        return library.flatMap(
                        all -> all.find(asset).or(() -> Previews.original(asset).flatMap(all::find)))
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
