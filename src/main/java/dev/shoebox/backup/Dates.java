package dev.shoebox.backup;

import dev.shoebox.backup.Planner.Step;
import dev.shoebox.destination.Intake;
import dev.shoebox.destination.Intake.StagedResource;
import dev.shoebox.destination.Layout;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.MediaFacts;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.Role;

import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds out when an asset was taken, from its files in the order of their worth, and what a layout wants to know. */
final class Dates implements Arriving.Dating {
    /** Reads what one file of an asset says of itself. */
    interface Reader {
        MediaFacts read(Resource resource) throws IOException;
    }

    private final String device;
    private final ZoneId zone;

    Dates(String device, ZoneId zone) {
        this.device = device;
        this.zone = zone;
    }

    @Override
    public Intake.Arrival arrival(Step step, List<StagedResource> whole) throws IOException {
        List<StagedResource> inOrder = new ArrayList<>(whole);
        inOrder.sort(Comparator.comparingInt(file -> step.missing().indexOf(file.resource())));
        Layout.Facts facts = facts(
                step.asset(), inOrder.stream().map(StagedResource::resource).toList(), resource -> {
                    for (StagedResource file : inOrder) {
                        if (file.resource().equals(resource)) {
                            return file.staged().facts();
                        }
                    }
                    return MediaFacts.NONE;
                });
        return new Intake.Arrival(step.asset(), facts.captured(), facts, inOrder);
    }

    /**
     * The first of the given files that knows its time decides; only where none does, names and file times are asked.
     *
     * @param readable the files of the asset that can be read now
     */
    Layout.Facts facts(Asset asset, List<Resource> readable, Reader reader) throws IOException {
        Optional<CaptureTime> captured = Optional.empty();
        Optional<String> model = Optional.empty();
        for (Resource resource : readable) {
            MediaFacts facts = resource.role() == Role.ADJUSTMENT_DATA ? MediaFacts.NONE : reader.read(resource);
            model = model.or(facts::cameraModel);
            captured = facts.captured();
            if (captured.isPresent()) {
                break;
            }
        }
        if (captured.isEmpty()) {
            captured = CaptureTime.of(asset.primary().file(), MediaFacts.NONE);
        }
        return new Layout.Facts(captured.map(time -> time.placedIn(zone)), device, type(asset), model, asset.name());
    }

    private static String type(Asset asset) {
        boolean still = asset.resources().stream()
                .anyMatch(resource -> resource.role() == Role.PHOTO || resource.role() == Role.FULL_SIZE_PHOTO);
        boolean moving = asset.resources().stream()
                .anyMatch(resource -> resource.role() == Role.PAIRED_VIDEO
                        || resource.role() == Role.VIDEO
                        || resource.role() == Role.FULL_SIZE_VIDEO);
        return still ? (moving ? "live" : "photo") : (moving ? "video" : "other");
    }
}
