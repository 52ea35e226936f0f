package dev.shoebox.simulator.cloud;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** The queue of iCloud Photos, {@code store.cloudphotodb}, with the columns of different versions of iOS. */
public final class CloudStore {
    private static final long EACH = 9_100_000;

    int outgoing;
    Duration outgoingSince = Duration.ofMinutes(20);
    Duration lastCleared = Duration.ofMinutes(9);
    Duration lastSent = Duration.ofMinutes(40);
    final List<String[]> rejected = new ArrayList<>();
    boolean hasLog = true;
    boolean hasDatabase = true;
    boolean hasTables = true;
    boolean isDatabase = true;

    /** Since iOS 16, changes have a priority. */
    boolean asOfIos15;

    void fill(CloudSide side) throws IOException {
        byte[] database = "No database, whatever its name says.".getBytes(StandardCharsets.UTF_8);
        byte[] log = new byte[0];
        if (isDatabase) {
            try (LiveDatabase tables = new LiveDatabase()) {
                if (hasTables) {
                    make(tables);
                    tables.checkpoint();
                    rows(tables, side.now);
                } else {
                    tables.table("globals", "key TEXT, value TEXT");
                }
                LiveDatabase.Bytes bytes = tables.bytes();
                database = bytes.database();
                log = bytes.log();
            }
        }
        if (hasDatabase) {
            side.file(CloudSide.QUEUE, database, Duration.ofDays(3));
        }
        if (hasLog) {
            side.file(CloudSide.QUEUE + "-wal", log, Duration.ofMinutes(9));
            side.file(CloudSide.QUEUE + "-shm", new byte[32_768], Duration.ofMinutes(9));
        }
    }

    private void make(LiveDatabase tables) throws IOException {
        tables.table(
                "outgoingResources",
                "scopeIndex INTEGER, itemIdentifier TEXT, resourceType INTEGER, fingerPrint TEXT, fileUTI TEXT,"
                        + " fileKind INTEGER, fileSize INTEGER, uploadIdentifier TEXT");
        tables.table(
                "pushRepository",
                "class TEXT, scopeIndex INTEGER, identifier TEXT, changeType INTEGER, relatedIdentifier TEXT,"
                        + " secondaryIdentifier TEXT, dequeueOrder REAL, trashed INTEGER, uploadIdentifier TEXT,"
                        + " trustLevel INTEGER, serializedRecord BLOB"
                        + (asOfIos15 ? "" : ", flags INTEGER, priority INTEGER"));
        tables.table(
                "quarantinedRecords",
                "scopeIndex INTEGER, localIdentifier TEXT, quarantineDate REAL, class TEXT, reason TEXT");
        tables.table(
                "idMapping",
                "stableScopeIndex INTEGER, cloudIdentifier TEXT, localIdentifier TEXT, mappingState INTEGER,"
                        + " addTimestamp REAL, addDirection INTEGER, deleteTimestamp REAL, deleteDirection INTEGER");
        tables.table(
                "scopes",
                "scopeIdentifier TEXT, creationDate REAL, disabledDate REAL, deleteDate REAL, flags INTEGER,"
                        + " lastClearedPush REAL, estimatedAssetCount INTEGER");
        tables.table("cloudCache", "scopeIndex INTEGER, identifier TEXT, record BLOB");
    }

    private void rows(LiveDatabase tables, Instant now) throws IOException {
        for (int i = 0; i < outgoing; i++) {
            String id = id("out" + i);
            tables.insert(
                    "outgoingResources",
                    LiveDatabase.row(
                            "scopeIndex",
                            1,
                            "itemIdentifier",
                            id,
                            "resourceType",
                            1,
                            "fileUTI",
                            "public.heic",
                            "fileKind",
                            0,
                            "fileSize",
                            EACH));
            for (String kind : List.of("CPLMasterChange", "CPLAssetChange")) {
                tables.insert(
                        "pushRepository",
                        LiveDatabase.row(
                                "class",
                                kind,
                                "scopeIndex",
                                1,
                                "identifier",
                                id,
                                "changeType",
                                0,
                                "dequeueOrder",
                                now.minus(outgoingSince).plusSeconds(i)));
            }
        }
        for (String[] each : rejected) {
            tables.insert(
                    "quarantinedRecords",
                    LiveDatabase.row(
                            "scopeIndex",
                            1,
                            "localIdentifier",
                            each[0],
                            "quarantineDate",
                            now.minus(Duration.ofDays(12)),
                            "class",
                            each[1],
                            "reason",
                            each[2]));
        }
        tables.insert(
                "idMapping",
                LiveDatabase.row(
                        "cloudIdentifier",
                        id("cloud"),
                        "localIdentifier",
                        id("local"),
                        "addTimestamp",
                        now.minus(lastSent),
                        "addDirection",
                        1));
        tables.insert(
                "scopes",
                LiveDatabase.row(
                        "scopeIdentifier",
                        "PrimarySync",
                        "creationDate",
                        now.minus(Duration.ofDays(500)),
                        "lastClearedPush",
                        now.minus(lastCleared),
                        "estimatedAssetCount",
                        12_815));
    }

    /** Returns the same identifier for the same name, in the format of iOS. */
    public static String id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                .toString()
                .toUpperCase(Locale.ROOT);
    }
}
