package dev.shoebox.device;

import dev.shoebox.device.PhoneInfo.Trust;
import dev.shoebox.device.afc.AfcConnection;
import dev.shoebox.device.afc.PhonePhotos;
import dev.shoebox.device.afc.WalkRules;
import dev.shoebox.device.apps.AppList;
import dev.shoebox.device.apps.AppRefusedException;
import dev.shoebox.device.apps.HouseArrest;
import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.device.transport.Lockdown;
import dev.shoebox.device.transport.LockdownError;
import dev.shoebox.device.transport.ServiceConnection;
import dev.shoebox.device.transport.Transport;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.Scope;
import dev.shoebox.photos.source.SourceId;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;

/** One iPhone on a cable. */
public final class Phone {
    private static final String BATTERY = "com.apple.mobile.battery";
    private static final String DISK = "com.apple.disk_usage";

    private final Transport transport;
    private final String udid;
    private final Timeouts patience;

    Phone(Transport transport, String udid, Timeouts patience) {
        this.transport = transport;
        this.udid = udid;
        this.patience = patience;
    }

    /** Returns the UDID, which identifies this device permanently on every computer. */
    public String udid() {
        return udid;
    }

    /** Returns what is known without unlocking or trust. Never makes the phone ask its owner anything. */
    public PhoneInfo info() throws DeviceException {
        try (Lockdown stranger = transport.asStranger(udid)) {
            // Only a phone with a record is asked for a session: otherwise the library would make it ask for trust.
            Optional<LockdownError> invalid = stranger.validate();
            // Libimobiledevice of 2025 and newer returns INVALID_CONF if there is no record.
            boolean recorded = invalid.filter(error ->
                            error == LockdownError.INVALID_CONF || error.remedy() == LockdownError.Remedy.PAIR_AGAIN)
                    .isEmpty();
            if (!recorded) {
                return info(stranger, Trust.NOT_TRUSTED);
            }
            try (Lockdown trusted = transport.trusted(udid)) {
                return info(trusted, Trust.TRUSTED);
            } catch (Lockdown.Refused refused) {
                boolean known = invalid.isEmpty();
                return info(
                        stranger,
                        known && refused.error() == LockdownError.SSL_ERROR ? Trust.TLS_FAILS : trust(refused.error()));
            }
        } catch (Lockdown.Refused refused) {
            throw refused.exception();
        }
    }

    private static Trust trust(LockdownError error) {
        return switch (error.remedy()) {
            case UNLOCK -> Trust.LOCKED;
            case TRUST -> Trust.ASKING;
            case DENIED -> Trust.DENIED;
            case PAIR_AGAIN, TRY_AGAIN, REFUSED -> Trust.NOT_TRUSTED;
        };
    }

    /** Pairs if necessary: tells the user what to do on the phone, and waits. */
    public PhoneInfo pair(WaitForPerson waiting) throws DeviceException {
        return pairing().run(waiting, lockdown -> info(lockdown, Trust.TRUSTED));
    }

    /**
     * Returns the phone's photos; pairs if necessary.
     *
     * @param waiting for the first connection; if the phone is lost later, each call makes one attempt to reach it
     *     again
     */
    public MediaSource photos(WaitForPerson waiting) throws DeviceException {
        return photos(waiting, Scope.USUAL);
    }

    /**
     * As {@link #photos(WaitForPerson)}.
     *
     * @param scope what to list
     */
    public MediaSource photos(WaitForPerson waiting, Scope scope) throws DeviceException {
        Pairing pairing = pairing();
        return pairing.run(waiting, lockdown -> {
            String name = name(lockdown);
            AfcConnection files = new AfcConnection(lockdown.service(Lockdown.FILE_SERVICE, patience.silence()));
            SourceId id = new SourceId(SourceId.Kind.PHONE, udid, name);
            return new PhonePhotos(id, files, () -> pairing.files(WaitForPerson.NONE), patience.pause(), scope);
        });
    }

    /** Returns the source id of the files that it shows in addition to photos; pairs if necessary. */
    public SourceId filesId(WaitForPerson waiting) throws DeviceException {
        return pairing()
                .run(
                        waiting,
                        lockdown -> new SourceId(SourceId.Kind.PHONE_FILES, SourceId.ofFiles(udid), name(lockdown)));
    }

    /**
     * Returns its apps.
     *
     * @throws AppRefusedException if it does not list them
     */
    public AppList apps() throws DeviceException, AppRefusedException {
        try (ServiceConnection proxy = service(AppList.SERVICE)) {
            return AppList.of(proxy);
        }
    }

    /**
     * Returns the files of its media folder that the rules select.
     *
     * @param id the source of the files
     */
    public PhonePhotos media(SourceId id, WalkRules rules) {
        Pairing pairing = pairing();
        return PhonePhotos.files(id, () -> pairing.files(WaitForPerson.NONE), patience.pause(), rules);
    }

    /**
     * Returns the documents of one app after another that the rules select: after {@link PhonePhotos#leave}, those of
     * the app that is then current. A refusal of the phone is {@link DeviceException.ServiceRefused}.
     *
     * @param id the source of the files
     * @param app the bundle identifier of the current app
     */
    public PhonePhotos documents(SourceId id, Supplier<String> app, WalkRules rules) {
        return PhonePhotos.files(id, () -> documents(app.get()), patience.pause(), rules);
    }

    private AfcConnection documents(String app) throws DeviceException {
        ServiceConnection house = service(HouseArrest.SERVICE);
        try {
            HouseArrest.vendDocuments(house, app);
            return new AfcConnection(house);
        } catch (AppRefusedException refused) {
            house.close();
            throw new DeviceException.ServiceRefused(refused.getMessage());
        } catch (DeviceException | RuntimeException failed) {
            house.close();
            throw failed;
        }
    }

    private ServiceConnection service(String name) throws DeviceException {
        return pairing().run(WaitForPerson.NONE, lockdown -> lockdown.service(name, patience.silence()));
    }

    /** Returns the phone's time zone; empty if it does not provide it, or does not trust this computer. */
    public Optional<ZoneId> zone() {
        return ifTrusted(lockdown -> lockdown.text("TimeZone").map(ZoneId::of));
    }

    /**
     * Returns a short description of the encryption of conversations with it; empty if there is none, it is unknown, or
     * the phone does not trust this computer.
     */
    public Optional<String> encryption() {
        return ifTrusted(Lockdown::encryption);
    }

    /** Asks a question only if the phone trusts this computer; asks the user nothing. */
    private <T> Optional<T> ifTrusted(Function<Lockdown, Optional<T>> question) {
        try (Lockdown lockdown = transport.asStranger(udid)) {
            if (lockdown.validate().isPresent()) {
                return Optional.empty();
            }
        } catch (Lockdown.Refused | DeviceException unknown) {
            return Optional.empty();
        }
        try (Lockdown lockdown = transport.trusted(udid)) {
            return question.apply(lockdown);
        } catch (Lockdown.Refused | DeviceException | DateTimeException unknown) {
            return Optional.empty();
        }
    }

    /** Returns its name, if it provides one. */
    Optional<String> name() {
        try (Lockdown stranger = transport.asStranger(udid)) {
            return stranger.text("DeviceName");
        } catch (Lockdown.Refused | DeviceException unknown) {
            return Optional.empty();
        }
    }

    private Pairing pairing() {
        return new Pairing(transport, udid, patience);
    }

    private static String name(Lockdown lockdown) {
        return lockdown.text("DeviceName").orElse("iPhone");
    }

    private PhoneInfo info(Lockdown lockdown, Trust trust) {
        boolean trusted = trust == Trust.TRUSTED;
        OptionalLong battery = trusted ? lockdown.number(BATTERY, "BatteryCurrentCapacity") : OptionalLong.empty();
        return new PhoneInfo(
                udid,
                name(lockdown),
                lockdown.text("ProductType").map(DeviceModels::name).orElse("iPhone"),
                lockdown.text("ProductVersion").orElse("?"),
                trust,
                battery.isPresent() && battery.getAsLong() <= 100
                        ? OptionalInt.of((int) battery.getAsLong())
                        : OptionalInt.empty(),
                new PhoneInfo.Space(
                        trusted ? lockdown.number(DISK, "TotalDataCapacity") : OptionalLong.empty(),
                        trusted ? lockdown.number(DISK, "TotalDataAvailable") : OptionalLong.empty()));
    }
}
