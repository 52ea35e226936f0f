package dev.shoebox.phonefiles;

import dev.shoebox.device.apps.SharingApp;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaSource;

import java.util.List;
import java.util.Optional;

/** What a phone has beside its photos, whichever way it is reached. */
public interface OtherFiles extends MediaSource, MediaSource.Placed {
    /** The apps whose documents there may be, wanted or not, by name. */
    List<SharingApp> apps();

    /** What a listing of this source has, in parts; an app that has no documents at the moment is one, too. */
    List<Section> sections(Listing listing);

    /**
     * A part of what is listed, as a person sees it: an app with its documents, or a group of other files.
     *
     * @param sharing null for a group
     */
    record Section(FileGroup group, SharingApp sharing, long files, long bytes) {
        /** The app whose documents they are. */
        public Optional<SharingApp> app() {
            return Optional.ofNullable(sharing);
        }
    }
}
