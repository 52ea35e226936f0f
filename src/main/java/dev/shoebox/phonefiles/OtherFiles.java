package dev.shoebox.phonefiles;

import dev.shoebox.device.apps.SharingApp;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaSource;

import java.util.List;
import java.util.Optional;

/** What a phone has besides photos, over the cable or in a backup. */
public interface OtherFiles extends MediaSource, MediaSource.Placed {
    /** Returns the apps that may have documents, requested or not, by name. */
    List<SharingApp> apps();

    /** Divides a listing into sections. An app without documents at the moment has a section, too. */
    List<Section> sections(Listing listing);

    /**
     * A section of a listing as a person sees it: an app with its documents, or a group of other files.
     *
     * @param sharing null for a group
     */
    record Section(FileGroup group, SharingApp sharing, long files, long bytes) {
        /** Returns the app that owns the documents. */
        public Optional<SharingApp> app() {
            return Optional.ofNullable(sharing);
        }
    }
}
