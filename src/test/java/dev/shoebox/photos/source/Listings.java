package dev.shoebox.photos.source;

/** Checks of listings. */
public final class Listings {
    private Listings() {}

    /** Returns whether each file found is listed, unreadable or skipped, and none twice. */
    public static boolean isComplete(Listing listing) {
        Inventory inventory = listing.inventory();
        return inventory.found()
                == listing.files().size() + listing.unreadable().size() + inventory.passedOver();
    }
}
