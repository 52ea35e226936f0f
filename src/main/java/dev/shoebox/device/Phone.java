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

    /** Apple's name for this one device, the same on every computer and at every plugging in. */
    public String udid() {
        return udid;
    }

    /** What can be known without unlocking or trusting: never asks the person for anything. */
    public PhoneInfo info() throws DeviceException {
        try (Lockdown stranger = transport.asStranger(udid)) {
            // Only a phone with a record is asked for a session: without one, the library would make it ask for trust.
            Optional<LockdownError> invalid = stranger.validate();
            // Libimobiledevice of 2025 and newer says INVALID_CONF where there is none.
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

    /** Pairs if need be, telling the person what to do on the phone and waiting for it. */
    public PhoneInfo pair(WaitForPerson waiting) throws DeviceException {
        return pairing().run(waiting, lockdown -> info(lockdown, Trust.TRUSTED));
    }

    /**
     * The phone's photos; pairs by itself if need be.
     *
     * @param waiting for the first connection; when the phone is lost later, each call tries once to reach it again
     */
    public MediaSource photos(WaitForPerson waiting) throws DeviceException {
        return photos(waiting, Scope.USUAL);
    }

    /**
     * {@link #photos(WaitForPerson)}.
     *
     * @param scope what is looked through
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

    /** As which source the files count that it shows beside its photos; pairs by itself if need be. */
    public SourceId filesId(WaitForPerson waiting) throws DeviceException {
        return pairing()
                .run(waiting, lockdown -> new SourceId(SourceId.Kind.PHONE_FILES, "files:" + udid, name(lockdown)));
    }

    /**
     * Its apps.
     *
     * @throws AppRefusedException if it does not tell of them
     */
    public AppList apps() throws DeviceException, AppRefusedException {
        try (ServiceConnection proxy = service(AppList.SERVICE)) {
            return AppList.of(proxy);
        }
    }

    /**
     * What the rules take of its media folder.
     *
     * @param id of the source that they are of
     */
    public PhonePhotos media(SourceId id, WalkRules rules) {
        Pairing pairing = pairing();
        return PhonePhotos.files(id, () -> pairing.files(WaitForPerson.NONE), patience.pause(), rules);
    }

    /**
     * What the rules take of the documents of one app after another: after {@link PhonePhotos#leave}, of that which is meant then.
     * What the phone refuses is {@link DeviceException.ServiceRefused}.
     *
     * @param id of the source that they are of
     * @param app the bundle identifier of the one that is meant
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

    /** The zone that it shows local time in; empty where it does not say so, or is not trusted yet. */
    public Optional<ZoneId> zone() {
        return ifTrusted(lockdown -> lockdown.text("TimeZone").map(ZoneId::of));
    }

    /**
     * How a conversation with it is encrypted, in a few words for people; empty where it is not, that is not known, or the phone
     * is not trusted yet.
     */
    public Optional<String> encryption() {
        return ifTrusted(Lockdown::encryption);
    }

    /** Asks the person nothing. */
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

    /** What the person calls it, where it says so. */
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
