package dev.shoebox.library.database;

import java.util.Arrays;
import java.util.List;

/**
 * Where a phone keeps what it knows of iCloud Photos. Paths as lists of three real phones (iOS 15 and 16) and of a backup
 * of iOS 27 have them; that one can be read over the cable was seen by nobody yet.
 */
public enum CloudFile {
    /** There as long as iCloud Photos is on; holds the local time at which it was switched on. */
    ENABLED_MARKER("cpl_enabled_marker"),
    DOWNLOADED_MARKER("cpl_download_finished_marker"),
    /** There once the first sync has ended, until iCloud Photos is switched off. */
    FIRST_SYNC_MARKER("CPL/initialsync_marker"),
    /** There from when switching on is asked for until it is done. */
    ENABLING_MARKER("CPL/enableICloudPhotos"),
    SYNC_STATUS("CPL/syncstatus.plist"),
    PAUSE("CPL/pauseICloudPhotos"),
    RESETS("CPL/resetevents.plist"),
    DOWNLOADS("CPL/DownloadCounts.plist"),
    /** When the phone's sync service first synced since it was last started. */
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

    /** As a {@link dev.shoebox.photos.source.MediaFile} has it. */
    public String path() {
        return "PhotoData/" + name;
    }

    /** The property lists. */
    public static List<CloudFile> lists() {
        return Arrays.stream(values())
                .filter(file -> file.name.endsWith(".plist") || file == PAUSE)
                .toList();
    }
}
