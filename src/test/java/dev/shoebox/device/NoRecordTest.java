package dev.shoebox.device;

import dev.shoebox.device.transport.Lockdown;
import dev.shoebox.device.transport.LockdownError;
import dev.shoebox.device.transport.ServiceConnection;
import dev.shoebox.device.transport.Transport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import static org.junit.jupiter.api.Assertions.assertEquals;

/**
 * In whatever way a library reports that it has no pairing record of a phone, looking at the phone does not make it ask
 * for trust.
 */
class NoRecordTest {
    /** Answers like a phone that was never paired. */
    private record Stranger(LockdownError invalid) implements Transport, Lockdown {
        @Override
        public String description() {
            return "";
        }

        @Override
        public String whereTlsFails() {
            return "";
        }

        @Override
        public Attached attached() {
            return new Attached(List.of("00008101-A"), List.of());
        }

        @Override
        public Lockdown asStranger(String udid) {
            return this;
        }

        @Override
        public Lockdown trusted(String udid) {
            throw new AssertionError("this would pair");
        }

        @Override
        public Optional<LockdownError> validate() {
            return Optional.of(invalid);
        }

        @Override
        public Optional<String> encryption() {
            return Optional.empty();
        }

        @Override
        public void pairAgain() {
            throw new AssertionError("this would pair");
        }

        @Override
        public Optional<String> text(String key) {
            return Optional.empty();
        }

        @Override
        public OptionalLong number(String domain, String key) {
            return OptionalLong.empty();
        }

        @Override
        public ServiceConnection service(String name, Duration silence) {
            throw new AssertionError("this would pair");
        }

        @Override
        public void close() {}
    }

    @ParameterizedTest
    @EnumSource(names = {"INVALID_HOST_ID", "MISSING_PAIR_RECORD", "INVALID_CONF"})
    void lookingDoesNotPair(LockdownError invalid) throws Exception {
        Phone phone = new Phone(new Stranger(invalid), "00008101-A", Plugged.PATIENCE);

        assertEquals(PhoneInfo.Trust.NOT_TRUSTED, phone.info().trust());
        assertEquals(Optional.empty(), phone.encryption());
    }
}
