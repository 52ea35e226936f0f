package dev.shoebox.backup;

import dev.shoebox.backup.Planner.Step;
import dev.shoebox.destination.Intake;
import dev.shoebox.destination.Intake.StagedResource;
import dev.shoebox.destination.Layout;
import dev.shoebox.destination.Staged;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.LibraryAsset;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.metadata.MediaFacts;

import java.io.IOException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out when an asset was taken, from its files, the phone's library and the backup, and what a layout wants to know. */
final class Dates implements Arriving.Dating {
    /** Reads what one file of an asset says of itself. */
    interface Reader {
        MediaFacts read(Resource resource) throws IOException;
    }

    /** Tells when an asset was taken whose original is in the backup already. */
    interface Memory {
        Optional<CaptureTime> captured(Asset asset) throws IOException;
    }

    private final String device;
    private final ZoneId zone;
    private final Optional<Library> library;
    private final Memory memory;

    Dates(String device, ZoneId zone, Optional<Library> library, Memory memory) {
        this.device = device;
        this.zone = zone;
        this.library = library;
        this.memory = memory;
    }

    @Override
    public List<Intake.Arrival> arrivals(Step step, List<StagedResource> whole) throws IOException {
        Map<String, Staged> staged = new HashMap<>();
        whole.forEach(file -> staged.put(file.resource().file().path(), file.staged()));
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
        List<Intake.Arrival> arrivals = new ArrayList<>();
        for (Step part : inAssets(new Step(step.asset(), here), reader)) {
            Layout.Facts facts = facts(part.asset(), part.missing(), reader);
            List<StagedResource> files = part.missing().stream()
                    .map(resource -> new StagedResource(
                            resource, staged.get(resource.file().path())))
                    .toList();
            arrivals.add(new Intake.Arrival(part.asset(), facts.captured(), facts, files));
        }
        return arrivals;
    }

    /** A still and a film that share a name and say that they are of different shots are no Live Photo. */
    private static List<Step> inAssets(Step step, Reader reader) throws IOException {
        Optional<Resource> still = Optional.empty();
        Optional<Resource> film = Optional.empty();
        for (Resource resource : step.missing()) {
            if (resource.role() == Role.PHOTO) {
                still = Optional.of(resource);
            } else if (resource.role() == Role.PAIRED_VIDEO) {
                film = Optional.of(resource);
            }
        }
        if (still.isEmpty() || film.isEmpty()) {
            return List.of(step);
        }
        Optional<String> one = reader.read(still.get()).contentIdentifier();
        Optional<String> other =
                one.isEmpty() ? Optional.empty() : reader.read(film.get()).contentIdentifier();
        return other.isEmpty() || one.equals(other) ? List.of(step) : Picking.apart(step, film.get());
    }

    /**
     * Of all that is known of the time, the best counts: see {@link CaptureTime#isBetterThan}. What was made from the shot is asked
     * only where the shot itself does not know.
     *
     * @param readable the files of the asset that can be read now, its originals first
     */
    Layout.Facts facts(Asset asset, List<Resource> readable, Reader reader) throws IOException {
        Optional<LibraryAsset> known = known(asset);
        Optional<ZoneOffset> offset = known.flatMap(LibraryAsset::offset);
        Optional<CaptureTime> best = Optional.empty();
        Optional<String> model = Optional.empty();
        for (Resource resource : readable) {
            boolean settled =
                    best.isPresent() && (best.get().isSure() || !resource.role().isOriginal());
            if (!settled && resource.role() != Role.ADJUSTMENT_DATA) {
                MediaFacts facts = reader.read(resource);
                model = model.or(facts::cameraModel);
                best = better(best, facts.captured().map(time -> time.withLibraryOffset(offset)));
            }
        }
        if (best.isEmpty() || !best.get().isSure()) {
            best = better(best, known.flatMap(says -> CaptureTime.of(says, zone)));
            best = better(best, readable.contains(asset.primary()) ? Optional.empty() : memory.captured(asset));
            best = better(best, CaptureTime.of(asset.primary().file()));
        }
        ZoneId place = offset.isPresent() ? offset.get() : zone;
        return new Layout.Facts(
                best.map(time -> time.placedIn(place)),
                device,
                type(asset),
                model,
                asset.name(),
                known.flatMap(says -> says.albums().stream().sorted().findFirst())
                        .map(album -> album.substring(album.lastIndexOf('/') + 1)));
    }

    private Optional<LibraryAsset> known(Asset asset) {
        return library.flatMap(
                        all -> all.find(asset).or(() -> Previews.original(asset).flatMap(all::find)))
                .filter(says -> says.isOf(asset) || Previews.original(asset).isPresent());
    }

    private static Optional<CaptureTime> better(Optional<CaptureTime> one, Optional<CaptureTime> other) {
        return one.isEmpty() || (other.isPresent() && other.get().isBetterThan(one.get())) ? other : one;
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
