package dev.shoebox.coverage.icloud;

import java.util.Locale;

/** Why photos of a phone do not reach iCloud. The first that is found is the answer: the most urgent, then the most certain. */
public enum Cause {
    /** Switched off, and iCloud's copy is to be deleted on a date. */
    DELETING,
    OFF,
    /** On, but the first sync has not ended. */
    FIRST_SYNC,
    SIGNED_OUT,
    IOS_TOO_OLD,
    AIRPLANE_MODE,
    OFFLINE,
    CELLULAR_OFF,
    LOW_DATA_MODE,
    PHONE_FULL,
    ICLOUD_FULL,
    PAUSED,
    LOW_POWER_MODE,
    BATTERY,
    HOT_OR_BUSY,
    /** It began to sync anew, and that has not ended. */
    STUCK_RESET,
    /** Single items that iCloud did not take. */
    REJECTED_ITEMS,
    /** What iCloud had was erased there. */
    WIPED,
    /** Photos wait, and nothing on the phone says why. */
    WAITING,
    /** The phone shows too little to tell. */
    UNREADABLE,
    NONE;

    /** As programs read it: {@code icloud-full}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
