package dev.shoebox.device;

import dev.shoebox.TransportUnderTest;
import dev.shoebox.device.libimobiledevice.InstalledLibrary;
import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.simulator.library.Libraries;
import dev.shoebox.simulator.phone.PhoneSettings;
import dev.shoebox.simulator.phone.SimulatedPhone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Which phones are found, and which one is selected. */
@Tag(TransportUnderTest.TAG)
class PhonesTest {
    private static final String ANA = "00008120-001A24D10E38201E";
    private static final String BEN = "00008120-000B3C4D5E6F7081";

    @TempDir
    private Path folder;

    private Plugged plugged;
    private SimulatedPhone ben;

    @BeforeEach
    void plugInAna() throws IOException {
        PhoneSettings settings = PhoneSettings.of(Libraries.folder(folder));
        plugged = Plugged.in(settings.withUdid(ANA).withName("Ana’s iPhone"));
        ben = new SimulatedPhone(settings.withUdid(BEN).withName("Ben’s iPhone"));
    }

    @AfterEach
    void unplug() throws IOException {
        plugged.close();
    }

    private List<String> seen() throws DeviceException {
        return plugged.phones().list().stream().map(Phone::udid).toList();
    }

    private Phone find(String who) throws DeviceException {
        return plugged.phones().find(WantedPhone.called(who), WaitForPerson.NONE);
    }

    @Test
    void aPhoneSeenOverCableAndWiFiCountsOnceAndOneOnWiFiAloneNotAtAll() throws DeviceException {
        plugged.usb.plugOverNetwork(plugged.phone);
        plugged.usb.plugOverNetwork(ben);
        assertEquals(List.of(ANA), seen());
    }

    @Test
    void aPhoneIsFoundByUdidItsEndOrItsName() throws DeviceException {
        plugged.usb.plug(ben);
        for (String who : new String[] {BEN, "00008120-000b3c4d5e6f7081", "5E6F7081", "Ben’s iPhone", "ben's iphone"}) {
            assertEquals(BEN, find(who).udid());
        }
    }

    @Test
    void severalPhonesAreListedNotChosenFrom() throws DeviceException {
        plugged.usb.plug(ben);
        DeviceException ambiguous = assertThrows(
                DeviceException.Ambiguous.class, () -> plugged.phones().find(WantedPhone.ANY, Plugged.WAIT));
        assertTrue(ambiguous.getMessage().contains("Ana’s iPhone (…0E38201E)"), ambiguous.getMessage());
        assertTrue(ambiguous.getMessage().contains("Ben’s iPhone (…5E6F7081)"), ambiguous.getMessage());
    }

    @Test
    void allThatCouldBeMeantAreFoundWhereSeveralAreWelcome() throws DeviceException {
        plugged.usb.plug(ben);
        List<Phone> all = plugged.phones().findAll(WantedPhone.ANY, WaitForPerson.NONE);
        assertEquals(Set.of(ANA, BEN), all.stream().map(Phone::udid).collect(Collectors.toSet()));
        List<Phone> one = plugged.phones().findAll(WantedPhone.called(BEN), WaitForPerson.NONE);
        assertEquals(List.of(BEN), one.stream().map(Phone::udid).toList());
    }

    @Test
    void aNameThatTwoPhonesHaveIsAmbiguous() throws IOException {
        plugged.usb.plug(new SimulatedPhone(
                PhoneSettings.of(Libraries.folder(folder)).withUdid(BEN).withName("Ana’s iPhone")));
        assertThrows(DeviceException.Ambiguous.class, () -> find("Ana’s iPhone"));
    }

    @Test
    void theUdidOfOnePhoneIsNotTheNameOfAnother() throws IOException {
        plugged.usb.plug(new SimulatedPhone(
                PhoneSettings.of(Libraries.folder(folder)).withUdid(BEN).withName(ANA)));
        assertEquals(ANA, find(ANA).udid());
    }

    @Test
    void anotherPhoneIsNotSelected() {
        DeviceException.NoPhone absent = assertThrows(DeviceException.NoPhone.class, () -> find(BEN));
        assertTrue(absent.getMessage().contains("Ana’s iPhone"), absent.getMessage());
    }

    @Test
    void aPhoneThatIsReachableOverWiFiOnlyIsSaidToNeedTheCable() throws DeviceException {
        plugged.usb.plugOverNetwork(ben);
        if (!plugged.phones().absence().contains("Wi-Fi")) {
            // On Linux, libimobiledevice 1.4 leaves out phones whose address is as macOS gives it.
            assertFalse(TransportUnderTest.isJava());
            return;
        }
        String other = assertThrows(DeviceException.NoPhone.class, () -> find("Ben’s iPhone"))
                .getMessage();
        assertTrue(other.contains("Wi-Fi only: …5E6F7081") && other.contains("Ana’s iPhone"), other);

        plugged.usb.plugOverNetwork(plugged.phone);
        plugged.usb.unplug(plugged.phone);
        for (WantedPhone wanted : List.of(WantedPhone.ANY, WantedPhone.called(ANA))) {
            String said = assertThrows(DeviceException.NoPhone.class, () -> plugged.phones()
                            .find(wanted, WaitForPerson.NONE))
                    .getMessage();
            assertTrue(said.contains("Wi-Fi") && said.contains("…0E38201E") && said.contains("cable"), said);
        }
        assertEquals(
                Set.of("…0E38201E", "…5E6F7081"),
                Stream.of("…0E38201E", "…5E6F7081")
                        .filter(plugged.phones().absence()::contains)
                        .collect(Collectors.toSet()));
    }

    @Test
    void aPhoneThatIsPluggedInWhileWeWaitIsFound() throws DeviceException {
        plugged.usb.unplug(plugged.phone);
        List<String> said = new ArrayList<>();
        WaitForPerson waiting = new WaitForPerson(Duration.ofSeconds(20), line -> {
            said.add(line);
            plugged.usb.plug(plugged.phone);
        });
        assertEquals(ANA, plugged.phones().find(WantedPhone.ANY, waiting).udid());
        assertEquals(1, said.size());
        assertTrue(said.get(0).contains("No iPhone"), said.get(0));
    }

    @Test
    void withoutUsbmuxdThereIsAdviceForThePlatform() throws IOException {
        plugged.close();
        DeviceException.NoPhone none = assertThrows(
                DeviceException.NoPhone.class, () -> plugged.phones().list());
        assertTrue(none.getMessage().contains("usbmuxd"), none.getMessage());
        assertThrows(DeviceException.NoPhone.class, () -> plugged.phones().find(WantedPhone.ANY, WaitForPerson.NONE));
    }

    @Test
    void aMissingLibraryIsReportedWithWhatToInstall() {
        DeviceException missing = assertThrows(
                DeviceException.LibraryMissing.class,
                () -> InstalledLibrary.load(List.of("no-such-library"), List.of("plist-2.0")));
        assertTrue(missing.getMessage().contains("install"), missing.getMessage());
        assertFalse(missing.getMessage().contains("\n"), "one line");
    }

    @Test
    void modelsHaveTheirNamesAndNewOnesKeepTheirType() {
        assertEquals("iPhone 15 Pro", DeviceModels.name("iPhone16,1"));
        assertEquals("iPhone99,9", DeviceModels.name("iPhone99,9"));
    }
}
