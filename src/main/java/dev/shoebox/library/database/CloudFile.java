package dev.shoebox.library.database;

import java.util.Arrays;
import java.util.List;

/**
 * The files in which a phone keeps its records of iCloud Photos. Paths come from listings of three real phones (iOS 15
 * and 16) and a backup of iOS 27; nobody has confirmed yet that one can be read over the cable.
 */
public enum CloudFile {
    /** Exists while iCloud Photos is on; contains the local time at which it was switched on. */
    ENABLED_MARKER("cpl_enabled_marker"),
    DOWNLOADED_MARKER("cpl_download_finished_marker"),
    /** Exists once the first sync has ended, until iCloud Photos is switched off. */
    FIRST_SYNC_MARKER("CPL/initialsync_marker"),
    /** Exists from the request to switch on until that is done. */
    ENABLING_MARKER("CPL/enableICloudPhotos"),
    SYNC_STATUS("CPL/syncstatus.plist"),
    PAUSE("CPL/pauseICloudPhotos"),
    RESETS("CPL/resetevents.plist"),
    DOWNLOADS("CPL/DownloadCounts.plist"),
    /** When the phone's sync service first synced after its last start. */
    LAUNCH("CPL/lastsyncafterlaunch.plist"),
    SWITCHED_BY_ACCOUNT("private/com.apple.accountsd/cloudServiceEnableLog.plist"),
    SWITCHED_BY_PHOTOS("private/com.apple.assetsd/cloudServiceEnableLog.plist"),
    SETTINGS("private/com.apple.assetsd/appPrivateData.plist"),
    QUEUE("CPL/storage/store.cloudphotodb"),
    QUEUE_LOG("CPL/storage/store.cloudphotodb-wal"),
    LIBRARY("Photos.sqlite"),
    LIBRARY_LOG("Photos.sqlite-wal"),
    METRICS("CPL/metrics.plist"),
    IDENTITY("CPL/mobileCPL.plist"),
    SERVER_SETTINGS("CPL/cloudphotos-1.0.plist");

    private final String name;

    CloudFile(String name) {
        this.name = name;
    }

    /** Returns the path in the form of {@link dev.shoebox.photos.source.MediaFile}. */
    public String path() {
        return "PhotoData/" + name;
    }

    /** Returns the property lists. */
    public static List<CloudFile> lists() {
        return Arrays.stream(values())
                .filter(file -> file.name.endsWith(".plist") || file == PAUSE)
                .toList();
    }
}
