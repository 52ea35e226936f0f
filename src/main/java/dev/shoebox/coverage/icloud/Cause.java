package dev.shoebox.coverage.icloud;

import java.util.Locale;

/** Why photos do not reach iCloud. Ordered by urgency, then certainty: the first cause that applies is the answer. */
public enum Cause {
    /** Switched off, and iCloud will delete its copies on a certain date. */
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
    /** The phone restarted its sync, and that sync has not ended. */
    STUCK_RESET,
    /** iCloud rejected single items. */
    REJECTED_ITEMS,
    /** The iCloud library was erased. */
    WIPED,
    /** Photos are waiting, and the phone does not say why. */
    WAITING,
    /** The phone reveals too little to tell. */
    UNREADABLE,
    NONE;

    /** Returns the name that programs read, such as {@code icloud-full}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
