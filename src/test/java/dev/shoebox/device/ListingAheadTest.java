package dev.shoebox.device;

import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaSource;
import org.junit.jupiter.api.Test;

import java.io.IOException;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** A listing that runs while the destination is opened gives the same result as one that is waited for. */
class ListingAheadTest extends PhotosFixture {
    private static final int READ_DIR = 0x03;

    @Test
    void itIsTheListingOfThePhoneAndMadeOnce() throws IOException {
        Listing usual;
        try (MediaSource photos = plugged.photos()) {
            usual = photos.list();
        }
        long asked = plugged.phone.observed().requests(READ_DIR);
        try (MediaSource photos = plugged.photos().listingAhead()) {
            Listing listing = photos.list();
            assertEquals(usual.files(), listing.files());
            assertEquals(contents.size(), listing.files().size());
            assertEquals(2 * asked, plugged.phone.observed().requests(READ_DIR));
            write("DCIM/100APPLE/IMG_9999.JPG", 10, 99);
            assertEquals(contents.size(), photos.list().files().size(), "a second listing is another one");
            receive(photos.read(fromStart(listing)), listing.files().size());
        }
    }

    @Test
    void concurrentRequestsWaitForItsEnd() throws IOException {
        try (MediaSource photos = plugged.photos().listingAhead()) {
            assertEquals(contents.size(), photos.newest().files().size());
            assertEquals(contents.size(), photos.list().files().size());
        }
    }

    @Test
    void aPhoneLostMeanwhileIsLostForEveryWaiterAndListedOnceItIsBack() throws IOException {
        try (MediaSource photos = plugged.photos()) {
            plugged.usb.unplug(plugged.phone);
            photos.listingAhead();
            assertThrows(DeviceException.Lost.class, photos::list);
            plugged.usb.plug(plugged.phone);
            assertEquals(contents.size(), photos.list().files().size());
        }
    }

    @Test
    void closingLeavesNothingBehind() throws Exception {
        MediaSource photos = plugged.photos().listingAhead();
        photos.close();
        assertThrows(IllegalStateException.class, photos::list);
        plugged.phone.observed().await(() -> plugged.phone.observed().liveAfcConnections() == 0);
    }
}
