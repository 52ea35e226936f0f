package dev.shoebox.device.libimobiledevice;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;

/**
 * The C functions Shoebox calls, under their C names, but for the two that move bytes ({@link NativeTransfer}): libimobiledevice
 * 1.3.0 to 1.4.x and the few readers of libplist.
 *
 * <p>Results are the C error codes, 0 for success. Every {@link PointerByReference} must be new for each call: several
 * of these functions take a non-null value for something to reuse. None of the objects may be used by two threads at
 * once, and everything made from an {@code idevice_t} is freed before it.
 */
interface LibIMobileDevice extends Library {
    /** Looks for a phone on a cable, never on the network. */
    int IDEVICE_LOOKUP_USBMUX = 1 << 1;

    /** {@code idevice_info.conn_type} of a phone on a cable. */
    int CONNECTION_USBMUXD = 1;

    /** No such phone; from the listing: no usbmuxd to ask. */
    int IDEVICE_E_NO_DEVICE = -3;

    /** An array of pointers to {@code {char *udid; int conn_type; void *conn_data}}. */
    int idevice_get_device_list_extended(PointerByReference devices, IntByReference count);

    int idevice_device_list_extended_free(Pointer devices);

    int idevice_new_with_options(PointerByReference device, String udid, int options);

    int idevice_free(Pointer device);

    int idevice_connect(Pointer device, short port, PointerByReference connection);

    int idevice_disconnect(Pointer connection);

    int idevice_connection_enable_ssl(Pointer connection);

    /** @param socket receives its number in this process, which stays the connection's own */
    int idevice_connection_get_fd(Pointer connection, IntByReference socket);

    int lockdownd_client_new(Pointer device, PointerByReference client, String label);

    /** Pairs if there is no record, then starts a session. */
    int lockdownd_client_new_with_handshake(Pointer device, PointerByReference client, String label);

    /** Ends the session, which waits for an answer: may take half a minute if the phone is gone. */
    int lockdownd_client_free(Pointer client);

    /** Without a record: makes a new one, and keeps it in the place of another once the phone agreed. */
    int lockdownd_pair(Pointer client, Pointer record);

    /** Answers -21 without asking the phone when this computer has no record of it. */
    int lockdownd_validate_pair(Pointer client, Pointer record);

    int lockdownd_get_value(Pointer client, String domain, String key, PointerByReference value);

    /** The descriptor has a u16 port at offset 0 and a u8 TLS flag at offset 2; what follows differs by version. */
    int lockdownd_start_service(Pointer client, String identifier, PointerByReference descriptor);

    int lockdownd_service_descriptor_free(Pointer descriptor);

    /** One of the {@code PLIST_} constants. */
    int plist_get_node_type(Pointer node);

    int PLIST_BOOLEAN = 0;
    int PLIST_UINT = 1;
    int PLIST_STRING = 3;

    /** Points into the node: not to be freed. */
    Pointer plist_get_string_ptr(Pointer node, LongByReference length);

    void plist_get_uint_val(Pointer node, LongByReference value);

    void plist_free(Pointer node);
}
