package dev.shoebox.device;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;

import java.io.Closeable;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** A conversation with lockdownd, which knows the phone and starts its services. One thread at a time. */
final class Lockdown implements Closeable {
    private static final String LABEL = "shoebox";
    private static final String FILE_SERVICE = "com.apple.afc";

    private final InstalledLibrary library;
    private final Pointer device;
    private final Pointer client;
    private boolean keepsDevice = true;
    private boolean doubtful;

    private Lockdown(InstalledLibrary library, Pointer device, Pointer client) {
        this.library = library;
        this.device = device;
        this.client = client;
    }

    /** Thrown where the phone is there but says no. */
    static final class Refused extends Exception {
        private final transient LockdownError error;
        private final int code;

        Refused(int code) {
            super("lockdown error " + code, null, false, false);
            this.error = LockdownError.of(code);
            this.code = code;
        }

        LockdownError error() {
            return error;
        }

        Refused(LockdownError error) {
            this(error.code());
        }

        DeviceException exception() {
            return error.exception(code);
        }
    }

    private interface Opening {
        int open(Pointer device, PointerByReference client);
    }

    /** Without trust: asks the person nothing, and is told little. */
    static Lockdown asStranger(InstalledLibrary library, String udid) throws Refused, DeviceException {
        return open(library, udid, (device, client) -> library.device().lockdownd_client_new(device, client, LABEL));
    }

    /** With a session; if this computer has no record of the phone, the phone asks the person whether to trust it. */
    static Lockdown trusted(InstalledLibrary library, String udid) throws Refused, DeviceException {
        return open(library, udid, (device, client) -> library.device()
                .lockdownd_client_new_with_handshake(device, client, LABEL));
    }

    private static Lockdown open(InstalledLibrary library, String udid, Opening opening)
            throws Refused, DeviceException {
        PointerByReference device = new PointerByReference();
        int absent = library.device().idevice_new_with_options(device, udid, MobileDevice.IDEVICE_LOOKUP_USBMUX);
        if (absent != 0) {
            throw new DeviceException.NoPhone("The iPhone is not plugged in. Plug it in and unlock it.");
        }
        PointerByReference client = new PointerByReference();
        int error = opening.open(device.getValue(), client);
        if (error != 0) {
            library.device().idevice_free(device.getValue());
            throw new Refused(error);
        }
        return new Lockdown(library, device.getValue(), client.getValue());
    }

    /** Whether this computer has a record of the phone and the phone knows of it; empty if it has none, or an old one. */
    Optional<LockdownError> validate() {
        int error = library.device().lockdownd_validate_pair(client, Pointer.NULL);
        return error == 0 ? Optional.empty() : Optional.of(LockdownError.of(error));
    }

    /** Forgets the record on both sides as far as they let us, and pairs anew. */
    void pairAgain() throws Refused {
        library.device().lockdownd_unpair(client, Pointer.NULL);
        check(library.device().lockdownd_pair(client, Pointer.NULL));
    }

    /** A text that the phone gives of itself. */
    Optional<String> text(String key) {
        return value(null, key, node -> {
            if (library.plist().plist_get_node_type(node) != MobileDevice.PLIST_STRING) {
                return Optional.empty();
            }
            Pointer text = library.plist().plist_get_string_ptr(node, new LongByReference());
            return Optional.ofNullable(text).map(chars -> chars.getString(0, "UTF-8"));
        });
    }

    /** A number that the phone gives of itself; absent too if it does not fit a long. */
    OptionalLong number(String domain, String key) {
        return value(domain, key, node -> {
                    if (library.plist().plist_get_node_type(node) != MobileDevice.PLIST_UINT) {
                        return Optional.<Long>empty();
                    }
                    LongByReference number = new LongByReference();
                    library.plist().plist_get_uint_val(node, number);
                    return Optional.of(number.getValue()).filter(value -> value >= 0);
                })
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    private interface Reading<T> {
        Optional<T> read(Pointer node);
    }

    private <T> Optional<T> value(String domain, String key, Reading<T> reading) {
        PointerByReference node = new PointerByReference();
        int error = library.device().lockdownd_get_value(client, domain, key, node);
        if (error != 0 || node.getValue() == null) {
            return Optional.empty();
        }
        try {
            return reading.read(node.getValue());
        } finally {
            library.plist().plist_free(node.getValue());
        }
    }

    /**
     * Starts the phone's file service and connects to it. The cable takes the phone over: this conversation can be
     * closed before it, and nothing else can be asked of it but that.
     */
    Cable fileService(Duration silence) throws Refused {
        PointerByReference descriptor = new PointerByReference();
        check(library.device().lockdownd_start_service(client, FILE_SERVICE, descriptor));
        short port = descriptor.getValue().getShort(0);
        boolean tls = descriptor.getValue().getByte(2) != 0;
        library.device().lockdownd_service_descriptor_free(descriptor.getValue());

        PointerByReference connection = new PointerByReference();
        if (library.device().idevice_connect(device, port, connection) != 0) {
            throw new Refused(LockdownError.MUX_ERROR);
        }
        if (tls && library.device().idevice_connection_enable_ssl(connection.getValue()) != 0) {
            library.device().idevice_disconnect(connection.getValue());
            throw new Refused(LockdownError.SSL_ERROR);
        }
        keepsDevice = false;
        return new UsbCable(library.device(), device, connection.getValue(), silence);
    }

    private void check(int code) throws Refused {
        if (code != 0) {
            Refused refused = new Refused(code);
            doubtful = refused.error().remedy() == LockdownError.Remedy.TRY_AGAIN;
            throw refused;
        }
    }

    @Override
    public void close() {
        Farewell.say(doubtful, () -> {
            library.device().lockdownd_client_free(client);
            if (keepsDevice) {
                library.device().idevice_free(device);
            }
        });
    }
}
