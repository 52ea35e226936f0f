package dev.shoebox.device;

import dev.shoebox.TransportUnderTest;
import dev.shoebox.device.PhoneInfo.Trust;
import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.device.transport.LockdownError;
import dev.shoebox.simulator.library.Libraries;
import dev.shoebox.simulator.phone.PhoneSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a phone demands before it shows its photos, and how this is explained to its user. */
@Tag(TransportUnderTest.TAG)
class PairingTest {
    private static final String UNLOCK = LockdownError.PASSWORD_PROTECTED.message();
    private static final String TRUST = LockdownError.PAIRING_DIALOG_PENDING.message();

    @TempDir
    private Path folder;

    private Plugged plugged;
    private final List<String> said = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void plugIn() throws IOException {
        plugged = Plugged.in(PhoneSettings.of(Libraries.folder(folder)).withName("Ana’s iPhone"));
    }

    @AfterEach
    void unplug() throws IOException {
        plugged.close();
    }

    private Phone phone() throws DeviceException {
        return plugged.phones().find(WantedPhone.ANY, WaitForPerson.NONE);
    }

    /** Waits long enough, and does something as soon as the user is first asked. */
    private WaitForPerson whenAsked(Runnable deed) {
        return new WaitForPerson(Duration.ofMinutes(2), line -> {
            if (said.isEmpty()) {
                deed.run();
            }
            said.add(line);
        });
    }

    @Test
    void aPhoneThatWasNeverAskedPairsByItself() throws DeviceException {
        assertEquals(Trust.NOT_TRUSTED, phone().info().trust());
        PhoneInfo info = phone().pair(WaitForPerson.NONE);
        assertEquals(Trust.TRUSTED, info.trust());
        assertEquals(info, phone().info(), "and stays paired");
        phone().photos(WaitForPerson.NONE).close();
    }

    @Test
    void aTrustedPhoneReportsEverythingAndAnUntrustedOneOnlyItsName() throws DeviceException {
        PhoneInfo stranger = phone().info();
        assertEquals("Ana’s iPhone", stranger.name());
        assertEquals("iPhone 14 Pro", stranger.model());
        assertEquals("17.5.1", stranger.iosVersion());
        assertEquals(OptionalInt.empty(), stranger.battery());
        assertEquals(Optional.empty(), stranger.space().usedBytes());

        PhoneInfo friend = phone().pair(WaitForPerson.NONE);
        assertEquals(OptionalInt.of(80), friend.battery());
        assertEquals(OptionalLong.of(64_000_000_000L), friend.space().freeBytes());
        assertTrue(friend.space().totalBytes().getAsLong() > 100_000_000_000L);
    }

    @Test
    void lookingAtAPhoneNeverMakesItAskForTrust() throws DeviceException {
        plugged.phone.faults().trustPending(1);
        assertEquals(Trust.NOT_TRUSTED, phone().info().trust());
        DeviceException pending = assertThrows(
                DeviceException.NotTrusted.class,
                () -> phone().pair(WaitForPerson.NONE),
                "the question has not been put yet: this is the first time");
        assertEquals(TRUST, pending.getMessage());
    }

    @Test
    void aPersonIsAskedToTapTrustAndWaitedFor() throws DeviceException {
        plugged.phone.faults().trustPending(2);
        phone().photos(whenAsked(() -> {})).close();
        assertEquals(List.of(TRUST), said, "once, not at each try");
    }

    @Test
    void aPersonIsAskedToUnlockAndThenToTapTrust() throws DeviceException {
        plugged.phone.faults().trustPending(2);
        plugged.phone.faults().lock();
        phone().photos(whenAsked(plugged.phone.faults()::unlock)).close();
        assertEquals(List.of(UNLOCK, TRUST), said);
    }

    @Test
    void aTrustedPhoneThatWasRestartedHasToBeUnlocked() throws DeviceException {
        phone().pair(WaitForPerson.NONE);
        plugged.phone.faults().lock();
        assertEquals(Trust.LOCKED, phone().info().trust());
        DeviceException locked = assertThrows(DeviceException.Locked.class, () -> phone().photos(WaitForPerson.NONE));
        assertEquals(UNLOCK, locked.getMessage());
        phone().photos(whenAsked(plugged.phone.faults()::unlock)).close();
        assertEquals(List.of(UNLOCK), said);
    }

    @Test
    void theWaitEndsWithTheMissingCondition() throws DeviceException {
        phone().pair(WaitForPerson.NONE);
        plugged.phone.faults().lock();
        WaitForPerson brief = new WaitForPerson(Duration.ofSeconds(1), said::add);
        DeviceException locked = assertThrows(DeviceException.Locked.class, () -> phone().photos(brief));
        assertEquals(UNLOCK, locked.getMessage());
        assertEquals(List.of(UNLOCK), said);
    }

    @Test
    void doNotTrustIsAcceptedAtOnce() throws DeviceException {
        plugged.phone.faults().denyPairing();
        DeviceException denied =
                assertThrows(DeviceException.NotTrusted.class, () -> phone().photos(whenAsked(() -> {})));
        assertEquals(LockdownError.USER_DENIED_PAIRING.message(), denied.getMessage());
        assertEquals(List.of(), said, "no waiting");
    }

    @Test
    void aStaleRecordIsRenewedOnce() throws DeviceException {
        phone().pair(WaitForPerson.NONE);
        plugged.phone.faults().forgetComputers();
        assertEquals(Trust.NOT_TRUSTED, phone().info().trust());
        assertEquals(Trust.TRUSTED, phone().pair(WaitForPerson.NONE).trust());
        assertEquals(Trust.TRUSTED, phone().info().trust());
    }

    @Test
    void aTlsFailureOfThisComputerIsNotLostTrustAndUnpairsNothing() throws DeviceException {
        phone().pair(WaitForPerson.NONE);
        plugged.phone.faults().failTls();
        DeviceException failed =
                assertThrows(DeviceException.ServiceRefused.class, () -> phone().photos(WaitForPerson.NONE));
        assertTrue(failed.getMessage().startsWith(LockdownError.TLS_FAILS.message()), failed.getMessage());
        String inUse = "--transport " + (TransportUnderTest.isJava() ? "java" : "native");
        assertFalse(failed.getMessage().contains(inUse), "this one failed: " + failed.getMessage());
        assertEquals(Trust.TLS_FAILS, phone().info().trust());
        assertEquals(0, plugged.phone.observed().unpairings());
        assertEquals(1, plugged.phone.observed().pairings(), "the record that the phone knows stays");
    }

    @Test
    void aTlsFailureAfterTheFirstPairingIsNotLostTrustEither() {
        plugged.phone.faults().failTls();
        assertThrows(DeviceException.ServiceRefused.class, () -> phone().photos(WaitForPerson.NONE));
        assertEquals(1, plugged.phone.observed().pairings());
    }

    @Test
    void renewingARecordUnpairsNothing() throws DeviceException {
        phone().pair(WaitForPerson.NONE);
        plugged.phone.faults().forgetComputers();
        assertEquals(Trust.TRUSTED, phone().pair(WaitForPerson.NONE).trust());
        assertEquals(0, plugged.phone.observed().unpairings());
    }

    @Test
    void aStaleRecordOfAPhoneThatAsksAgainIsRenewedWhenTrustIsTapped() throws DeviceException {
        phone().pair(WaitForPerson.NONE);
        plugged.phone.faults().forgetComputers();
        plugged.phone.faults().trustPending(2);
        assertEquals(Trust.TRUSTED, phone().pair(whenAsked(() -> {})).trust());
        assertEquals(List.of(TRUST), said);
    }

    @Test
    void aPhoneThatLeavesWhileTrustIsAwaitedIsWaitedForToo() throws DeviceException {
        plugged.phone.faults().trustPending(2);
        WaitForPerson waiting = whenAsked(() -> {
            plugged.usb.unplug(plugged.phone);
            new Thread(() -> {
                        plugged.usb.plug(plugged.phone);
                    })
                    .start();
        });
        phone().photos(waiting).close();
        assertEquals(TRUST, said.get(0));
    }
}
