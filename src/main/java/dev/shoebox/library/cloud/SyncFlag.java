package dev.shoebox.library.cloud;

/**
 * A flag of iCloud Photos from its last check of the phone and its surroundings: a key of
 * {@code PhotoData/CPL/syncstatus.plist}. Names come from published listings of the system's frameworks from about iOS
 * 15 to 26. Most flags are removed from the file when they are false.
 */
public enum SyncFlag {
    LIBRARY_EXISTS("iCloudLibraryExists"),
    NOT_AUTHENTICATED("iCloudLibraryClientIsNotAuthenticated"),
    VERSION_TOO_OLD("iCloudLibraryClientVersionTooOld"),
    UPGRADE_SUGGESTED("upgradeSuggestedToAccessAllPhotos"),
    LIBRARY_WIPED("iCloudLibraryHasBeenWiped"),
    CONTAINER_WIPED("containerHasBeenWiped"),
    HAS_CHANGES("hasChangesToProcess"),
    OVER_QUOTA("isExceedingQuota"),
    SHARED_OVER_QUOTA("isExceedingSharedLibraryQuota"),
    /** Absent means connected. */
    CONNECTED("connectedToNetwork"),
    AIRPLANE_MODE("inAirplaneMode"),
    CELLULAR_RESTRICTED("cellularIsRestricted"),
    LOW_DATA_MODE("constrainedNetwork"),
    POOR_NETWORK("poorNetworkQuality"),
    LOW_POWER_MODE("isBlockedByLowPowerModeKey"),
    HAS_BUDGET("hasValidSystemBudgetKey"),
    BATTERY_BUDGET("hasBatteryBudgetKey"),
    LOW_BATTERY("lowBatteryLevel"),
    HEAVY_USE("heavyResourceUsage"),
    POOR_CONDITIONS("poorSystemConditions"),
    WARM("moderateThermalPressure"),
    TOO_HOT("thermalPressure"),
    LOW_DISK("lowDiskSpace"),
    VERY_LOW_DISK("veryLowDiskSpace");

    private final String key;

    SyncFlag(String key) {
        this.key = key;
    }

    String key() {
        return key;
    }
}
