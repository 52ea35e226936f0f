package dev.shoebox.device.libimobiledevice;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.device.transport.Lockdown;
import dev.shoebox.device.transport.LockdownError;
import dev.shoebox.device.transport.ServiceConnection;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;

/** Lockdown through libimobiledevice. */
final class NativeLockdown implements Lockdown {
    private static final String LABEL = "shoebox";

    /** The library itself waits half a minute for each of three responses. */
    private static final Duration LONGEST = Duration.ofSeconds(95);

    private final InstalledLibrary library;
    private final Pointer device;
    private final Pointer client;
    private boolean keepsDevice = true;
    private boolean doubtful;

    private NativeLockdown(InstalledLibrary library, Pointer device, Pointer client) {
        this.library = library;
        this.device = device;
        this.client = client;
    }

    private interface Opening {
        int open(Pointer device, PointerByReference client);
    }

    /** Connects without trust: asks the user nothing, and receives few properties. */
    static NativeLockdown asStranger(InstalledLibrary library, String udid) throws Refused, DeviceException {
        return open(library, udid, (device, client) -> library.device().lockdownd_client_new(device, client, LABEL));
    }

    /**
     * Connects with a session; if this computer has no record of the phone, the phone asks its owner whether to trust
     * it.
     */
    static NativeLockdown trusted(InstalledLibrary library, String udid) throws Refused, DeviceException {
        return open(library, udid, (device, client) -> library.device()
                .lockdownd_client_new_with_handshake(device, client, LABEL));
    }

    private static NativeLockdown open(InstalledLibrary library, String udid, Opening opening)
            throws Refused, DeviceException {
        PointerByReference device = new PointerByReference();
        int absent = library.device().idevice_new_with_options(device, udid, LibIMobileDevice.IDEVICE_LOOKUP_USBMUX);
        if (absent != 0) {
            throw new DeviceException.NoPhone("The iPhone is not plugged in. Plug it in and unlock it.");
        }
        PointerByReference client = new PointerByReference();
        int error = within(LONGEST, () -> opening.open(device.getValue(), client));
        if (error != 0) {
            library.device().idevice_free(device.getValue());
            throw new Refused(error);
        }
        return new NativeLockdown(library, device.getValue(), client.getValue());
    }

    /**
     * Waits for a call that may never return: libimobiledevice 1.3.0 of 2025 tries forever to close a session with a
     * phone that disconnected after TLS failed. The call is then left to its thread, and its arguments are not freed.
     *
     * @throws Refused if it takes longer
     */
    static int within(Duration longest, IntSupplier call) throws Refused {
        var answer = new FutureTask<>(call::getAsInt);
        Thread thread = new Thread(answer, "shoebox-lockdown");
        thread.setDaemon(true);
        thread.start();
        try {
            return answer.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException silent) {
            throw new Refused(LockdownError.NO_ANSWER);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new Refused(LockdownError.NO_ANSWER);
        } catch (ExecutionException defect) {
            throw new IllegalStateException(defect.getCause());
        }
    }

    @Override
    public Optional<LockdownError> validate() {
        int error = library.device().lockdownd_validate_pair(client, Pointer.NULL);
        return error == 0 ? Optional.empty() : Optional.of(LockdownError.of(error));
    }

    /** Returns the TLS library; libimobiledevice provides neither protocol nor cipher. */
    @Override
    public Optional<String> encryption() {
        return TlsLibrary.in(TlsLibrary.OF_THIS_PROCESS)
                .map(file -> "by " + file + "; libimobiledevice does not report the TLS version or cipher");
    }

    @Override
    public void pairAgain() throws Refused {
        check(library.device().lockdownd_pair(client, Pointer.NULL));
    }

    @Override
    public Optional<String> text(String key) {
        return value(null, key, node -> {
            if (library.plist().plist_get_node_type(node) != LibIMobileDevice.PLIST_STRING) {
                return Optional.empty();
            }
            Pointer text = library.plist().plist_get_string_ptr(node, new LongByReference());
            return Optional.ofNullable(text).map(chars -> chars.getString(0, "UTF-8"));
        });
    }

    @Override
    public OptionalLong number(String domain, String key) {
        return value(domain, key, node -> {
                    if (library.plist().plist_get_node_type(node) != LibIMobileDevice.PLIST_UINT) {
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
     * Starts a service. The connection takes ownership of the {@code idevice_t}: this conversation may be closed first.
     */
    @Override
    public ServiceConnection service(String name, Duration silence) throws Refused {
        PointerByReference descriptor = new PointerByReference();
        check(library.device().lockdownd_start_service(client, name, descriptor));
        short port = descriptor.getValue().getShort(0);
        boolean tls = descriptor.getValue().getByte(2) != 0;
        library.device().lockdownd_service_descriptor_free(descriptor.getValue());

        PointerByReference connection = new PointerByReference();
        if (library.device().idevice_connect(device, port, connection) != 0) {
            throw new Refused(LockdownError.MUX_ERROR);
        }
        if (tls && TlsHandshake.enable(library.device(), connection.getValue()) != 0) {
            library.device().idevice_disconnect(connection.getValue());
            throw new Refused(LockdownError.SSL_ERROR);
        }
        keepsDevice = false;
        return new NativeConnection(library.device(), device, connection.getValue(), silence);
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
        BackgroundFree.say(doubtful, () -> {
            library.device().lockdownd_client_free(client);
            if (keepsDevice) {
                library.device().idevice_free(device);
            }
        });
    }
}
