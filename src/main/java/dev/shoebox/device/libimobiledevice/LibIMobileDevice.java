package dev.shoebox.device.libimobiledevice;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;

/**
 * The C functions that Shoebox calls, under their C names, except the two that transfer bytes ({@link NativeTransfer}):
 * libimobiledevice 1.3.0 to 1.4.x and a few functions of libplist.
 *
 * <p>Results are the C error codes, 0 for success. Every {@link PointerByReference} must be new for each call: several
 * of these functions reuse a non-null value. No object may be used by two threads at once, and everything created from
 * an {@code idevice_t} must be freed before it.
 */
interface LibIMobileDevice extends Library {
    /** Searches for a phone on a cable, never on the network. */
    int IDEVICE_LOOKUP_USBMUX = 1 << 1;

    /** The {@code idevice_info.conn_type} of a phone on a cable. */
    int CONNECTION_USBMUXD = 1;

    /** No such phone; from the listing: usbmuxd is not running. */
    int IDEVICE_E_NO_DEVICE = -3;

    /** Returns an array of pointers to {@code {char *udid; int conn_type; void *conn_data}}. */
    int idevice_get_device_list_extended(PointerByReference devices, IntByReference count);

    int idevice_device_list_extended_free(Pointer devices);

    int idevice_new_with_options(PointerByReference device, String udid, int options);

    int idevice_free(Pointer device);

    int idevice_connect(Pointer device, short port, PointerByReference connection);

    int idevice_disconnect(Pointer connection);

    int idevice_connection_enable_ssl(Pointer connection);

    /** @param socket receives its descriptor in this process, which the connection still owns */
    int idevice_connection_get_fd(Pointer connection, IntByReference socket);

    int lockdownd_client_new(Pointer device, PointerByReference client, String label);

    /** Pairs if there is no record, then starts a session. */
    int lockdownd_client_new_with_handshake(Pointer device, PointerByReference client, String label);

    /** Ends the session and waits for the response: may take half a minute if the phone is gone. */
    int lockdownd_client_free(Pointer client);

    /** Pairs. Without a record, creates a new one, which replaces another once the phone accepted it. */
    int lockdownd_pair(Pointer client, Pointer record);

    /** Returns -21 without asking the phone if this computer has no record of it. */
    int lockdownd_validate_pair(Pointer client, Pointer record);

    int lockdownd_get_value(Pointer client, String domain, String key, PointerByReference value);

    /**
     * Starts a service. The descriptor has a u16 port at offset 0 and a u8 TLS flag at offset 2; the rest depends on
     * the version.
     */
    int lockdownd_start_service(Pointer client, String identifier, PointerByReference descriptor);

    int lockdownd_service_descriptor_free(Pointer descriptor);

    /** Returns one of the {@code PLIST_} constants. */
    int plist_get_node_type(Pointer node);

    int PLIST_BOOLEAN = 0;
    int PLIST_UINT = 1;
    int PLIST_STRING = 3;

    /** Returns a pointer into the node, which must not be freed. */
    Pointer plist_get_string_ptr(Pointer node, LongByReference length);

    void plist_get_uint_val(Pointer node, LongByReference value);

    void plist_free(Pointer node);
}
