package dev.shoebox.device.transport;

import com.sun.jna.Platform;

/**
 * Why lockdownd refuses access (libimobiledevice, {@code include/libimobiledevice/lockdown.h}), and what the user can
 * do about it.
 */
public enum LockdownError {
    UNKNOWN(
            -256,
            Remedy.TRY_AGAIN,
            "The iPhone refused for an unknown reason. Unlock it and plug it in again. If an organisation "
                    + "manages it (MDM), ask whether it allows access over USB."),
    INVALID_CONF(-2, Remedy.REFUSED, Says.RECORDS),
    UNINTELLIGIBLE(-3, Remedy.TRY_AGAIN, Says.WEDGED),
    SSL_ERROR(-5, Remedy.PAIR_AGAIN, Says.STALE),
    NO_ANSWER(-7, Remedy.TRY_AGAIN, Says.WEDGED),
    MUX_ERROR(-8, Remedy.TRY_AGAIN, Says.WEDGED),
    GET_PROHIBITED(-13, Remedy.REFUSED, Says.RECORDS),
    PASSWORD_PROTECTED(-17, Remedy.UNLOCK, "Unlock the iPhone with its passcode (needed once after each restart)."),
    USER_DENIED_PAIRING(
            -18,
            Remedy.DENIED,
            "Access was refused on the iPhone. Unplug it, plug it in again and tap Trust; if it does not "
                    + "ask: Settings >"
                    + " General > Transfer or Reset iPhone > Reset > Reset Location & Privacy."),
    PAIRING_DIALOG_PENDING(
            -19,
            Remedy.TRUST,
            "Tap Trust on the iPhone and enter its passcode: it asks whether to trust this computer."),
    INVALID_HOST_ID(-21, Remedy.PAIR_AGAIN, Says.STALE),
    INVALID_SERVICE(
            -27, Remedy.REFUSED, "This iPhone does not offer its photos over USB: it does not have the service."),
    SERVICE_LIMIT(
            -28,
            Remedy.TRY_AGAIN,
            "The iPhone has too many open connections. Close other programs that use it, or unplug it and "
                    + "plug it in again."),
    MISSING_PAIR_RECORD(-29, Remedy.PAIR_AGAIN, Says.STALE),
    SAVE_PAIR_RECORD_FAILED(-30, Remedy.REFUSED, Says.RECORDS),
    INVALID_PAIR_RECORD(-31, Remedy.PAIR_AGAIN, Says.STALE),
    SERVICE_PROHIBITED(
            -34,
            Remedy.REFUSED,
            "A management profile (MDM) on the iPhone forbids access to its photos over USB. Ask its administrator."),
    ESCROW_LOCKED(-35, Remedy.UNLOCK, "Unlock the iPhone: until then its keys are not available."),
    PAIRING_PROHIBITED(
            -36,
            Remedy.REFUSED,
            "The iPhone cannot be paired over this connection. Plug it directly into this computer."),
    MC_PROTECTED(
            -38,
            Remedy.REFUSED,
            "A management profile (MDM) on the iPhone forbids pairing with this computer. Ask its administrator."),
    MC_CHALLENGE_REQUIRED(
            -39,
            Remedy.REFUSED,
            "A management profile (MDM) lets the iPhone pair only with its organisation's computers. Ask "
                    + "its administrator."),
    /** Not a code of libimobiledevice, which accepts every certificate. */
    UNKNOWN_CERTIFICATE(
            -1000,
            Remedy.REFUSED,
            "The iPhone's certificate differs from the one it was paired with, so something may be "
                    + "intercepting the connection. Plug it directly into this computer. To accept the "
                    + "certificate anyway, set SHOEBOX_TLS_UNPINNED=1."),
    /** Not a code of libimobiledevice: its SSL_ERROR with a phone that knows this computer. */
    TLS_FAILS(
            -1001,
            Remedy.REFUSED,
            "The iPhone trusts this computer, but no encrypted connection (TLS) to it can be made here. "
                    + "Fedora 41 and newer refuse the TLS of older iPhones: run 'sudo "
                    + "update-crypto-policies --set LEGACY', then plug the iPhone in again."),
    UNLISTED(0, Remedy.REFUSED, "The iPhone refused the connection. Restart the iPhone and plug it in again.");

    /** The remedy. */
    public enum Remedy {
        UNLOCK,
        TRUST,
        DENIED,
        PAIR_AGAIN,
        TRY_AGAIN,
        REFUSED
    }

    private static final class Says {
        static final String STALE =
                "The iPhone no longer trusts this computer. Unlock it, plug it in again and tap Trust when it asks.";
        static final String RECORDS = Platform.isLinux()
                ? "The pair record of this iPhone cannot be read or saved. Check the permissions of "
                        + "/var/lib/lockdown."
                : "The pair record of this iPhone cannot be read or saved. Check the permissions of the "
                        + "Lockdown folder.";
        static final String WEDGED = Platform.isLinux()
                ? "The iPhone does not answer. Plug it in again; if that does not help: sudo systemctl "
                        + "restart usbmuxd"
                : "The iPhone does not answer. Plug it in again; if that does not help, restart the computer.";
    }

    private final int code;
    private final Remedy remedy;
    private final String message;

    LockdownError(int code, Remedy remedy, String message) {
        this.code = code;
        this.remedy = remedy;
        this.message = message;
    }

    public static LockdownError of(int code) {
        for (LockdownError error : values()) {
            if (error.code == code && error != UNLISTED) {
                return error;
            }
        }
        return UNLISTED;
    }

    /** Returns the error for the word with which lockdownd refuses (libimobiledevice, {@code src/lockdown.c}). */
    public static LockdownError named(String word) {
        return switch (word) {
            case "GetProhibited" -> GET_PROHIBITED;
            case "PasswordProtected" -> PASSWORD_PROTECTED;
            case "UserDeniedPairing" -> USER_DENIED_PAIRING;
            case "PairingDialogResponsePending" -> PAIRING_DIALOG_PENDING;
            case "InvalidHostID", "MissingHostID" -> INVALID_HOST_ID;
            case "InvalidService" -> INVALID_SERVICE;
            case "ServiceLimit" -> SERVICE_LIMIT;
            case "MissingPairRecord" -> MISSING_PAIR_RECORD;
            case "SavePairRecordFailed" -> SAVE_PAIR_RECORD_FAILED;
            case "InvalidPairRecord" -> INVALID_PAIR_RECORD;
            case "ServiceProhibited" -> SERVICE_PROHIBITED;
            case "EscrowLocked" -> ESCROW_LOCKED;
            case "PairingProhibitedOverThisConnection" -> PAIRING_PROHIBITED;
            case "MCProtected" -> MC_PROTECTED;
            case "MCChallengeRequired" -> MC_CHALLENGE_REQUIRED;
            default -> UNKNOWN;
        };
    }

    public int code() {
        return code;
    }

    public Remedy remedy() {
        return remedy;
    }

    public String message() {
        return message;
    }

    /** Returns the failure of a command if the user did not help in time, or cannot. */
    public DeviceException exception(int seen) {
        return switch (remedy) {
            case UNLOCK -> new DeviceException.Locked(message);
            case TRUST, DENIED, PAIR_AGAIN -> new DeviceException.NotTrusted(message, remedy);
            case TRY_AGAIN ->
                this == SERVICE_LIMIT || this == UNKNOWN
                        ? new DeviceException.ServiceRefused(message)
                        : new DeviceException.Lost(message);
            case REFUSED ->
                new DeviceException.ServiceRefused(this == UNLISTED ? message + " (lockdown " + seen + ")" : message);
        };
    }
}
