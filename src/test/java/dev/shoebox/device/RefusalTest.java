package dev.shoebox.device;

import dev.shoebox.TransportUnderTest;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Each way in which a phone refuses has its own message and its own type of exception. */
@Tag(TransportUnderTest.TAG)
class RefusalTest {
    @TempDir
    private Path folder;

    private Plugged plugged;

    @BeforeEach
    void plugIn() throws IOException {
        plugged = Plugged.in(PhoneSettings.of(Libraries.folder(folder)));
    }

    @AfterEach
    void unplug() throws IOException {
        plugged.close();
    }

    private Phone phone() throws DeviceException {
        return plugged.phones().find(WantedPhone.ANY, WaitForPerson.NONE);
    }

    private void assertRefused(String request, String refusal, LockdownError error, Class<?> kind) {
        plugged.phone.faults().refuse(request, refusal);
        DeviceException refused = assertThrows(
                DeviceException.class, () -> phone().photos(WaitForPerson.NONE).close(), refusal);
        assertEquals(error.message(), refused.getMessage());
        assertEquals(kind, refused.getClass(), refusal);
    }

    @Test
    void eachRefusalOfTheServiceHasItsOwnWordsAndItsOwnKind() throws DeviceException {
        Class<?> refused = DeviceException.ServiceRefused.class;
        phone().pair(WaitForPerson.NONE);
        assertRefused("StartService", "InvalidService", LockdownError.INVALID_SERVICE, refused);
        assertRefused("StartService", "ServiceLimit", LockdownError.SERVICE_LIMIT, refused);
        assertRefused("StartService", "ServiceProhibited", LockdownError.SERVICE_PROHIBITED, refused);
        assertRefused("StartService", "EscrowLocked", LockdownError.ESCROW_LOCKED, DeviceException.Locked.class);
        assertRefused("StartService", "SomethingNew", LockdownError.UNKNOWN, refused);
    }

    @Test
    void eachRefusalToPairHasItsOwnWordsAndItsOwnKind() {
        Class<?> refused = DeviceException.ServiceRefused.class;
        assertRefused("Pair", "SavePairRecordFailed", LockdownError.SAVE_PAIR_RECORD_FAILED, refused);
        assertRefused("Pair", "PairingProhibitedOverThisConnection", LockdownError.PAIRING_PROHIBITED, refused);
        assertRefused("Pair", "MCProtected", LockdownError.MC_PROTECTED, refused);
        assertRefused("Pair", "MCChallengeRequired", LockdownError.MC_CHALLENGE_REQUIRED, refused);
        assertRefused("Pair", "InvalidHostID", LockdownError.INVALID_HOST_ID, DeviceException.NotTrusted.class);
    }

    @Test
    void eachRefusalOfTheRecordHasItsOwnWordsAndItsOwnKind() throws DeviceException {
        Class<?> refused = DeviceException.ServiceRefused.class;
        Class<?> notTrusted = DeviceException.NotTrusted.class;
        phone().pair(WaitForPerson.NONE);
        assertRefused("StartSession", "GetProhibited", LockdownError.GET_PROHIBITED, refused);
        plugged.phone.faults().refuse("Pair", "InvalidPairRecord");
        assertRefused("StartSession", "MissingPairRecord", LockdownError.MISSING_PAIR_RECORD, notTrusted);
        assertRefused("StartSession", "InvalidPairRecord", LockdownError.INVALID_PAIR_RECORD, notTrusted);
        assertRefused("StartSession", "InvalidHostID", LockdownError.INVALID_HOST_ID, notTrusted);
    }

    @Test
    void noTwoErrorsThatDifferForThePersonShareTheirWords() {
        Map<String, List<LockdownError>> byMessage =
                Arrays.stream(LockdownError.values()).collect(Collectors.groupingBy(LockdownError::message));
        assertTrue(byMessage.size() >= 14, byMessage.keySet().toString());
        byMessage.forEach((message, errors) -> {
            assertEquals(
                    1, errors.stream().map(LockdownError::remedy).distinct().count(), message);
            assertFalse(message.contains("\n") || message.isBlank());
        });
    }
}
