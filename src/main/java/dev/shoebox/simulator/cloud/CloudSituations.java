package dev.shoebox.simulator.cloud;

import dev.shoebox.simulator.wire.PropertyLists;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The situations by name: a simple one for each cause, and stale, contradictory, old, truncated, denied and hostile
 * records.
 */
final class CloudSituations {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    static final List<CloudSituation> ALL = all();

    private CloudSituations() {}

    private static List<CloudSituation> all() {
        List<CloudSituation> all = new ArrayList<>();
        causes(all);
        variants(all);
        versions(all);
        faults(all);
        return List.copyOf(all);
    }

    private static void add(List<CloudSituation> all, String name, String cause, Consumer<CloudSide> change) {
        all.add(new CloudSituation(name, cause, change));
    }

    private static void causes(List<CloudSituation> all) {
        add(all, "none", "none", side -> {});
        add(all, "off", "off", CloudSituations::off);
        add(all, "deleting", "deleting", side -> {
            off(side);
            side.status.put("exitDeleteTime", side.date(DAY.multipliedBy(-21)));
        });
        add(all, "first-sync", "first-sync", side -> firstSync(side, DAY.multipliedBy(5)));
        add(all, "signed-out", "signed-out", side -> {
            waiting(side, 9, DAY.multipliedBy(6));
            side.flag("iCloudLibraryClientIsNotAuthenticated", true);
        });
        add(all, "ios-too-old", "ios-too-old", side -> {
            side.flag("iCloudLibraryClientVersionTooOld", true);
            side.flag("serverFeatureCompatibleVersion", 20_300);
        });
        add(all, "offline", "offline", side -> {
            waiting(side, 12, DAY.multipliedBy(2));
            side.flag("connectedToNetwork", false);
        });
        add(all, "airplane-mode", "airplane-mode", side -> {
            waiting(side, 12, DAY.multipliedBy(2));
            side.flag("connectedToNetwork", false);
            side.flag("inAirplaneMode", true);
        });
        flagged(all, "cellular-off", "cellularIsRestricted");
        flagged(all, "low-data-mode", "constrainedNetwork");
        add(all, "phone-full", "phone-full", side -> {
            full(side);
            side.freeBytes(300L << 20);
        });
        add(all, "icloud-full", "icloud-full", side -> {
            waiting(side, 12, DAY.multipliedBy(11));
            side.store.outgoing = 12;
            side.store.outgoingSince = DAY.multipliedBy(11);
            side.store.lastCleared = DAY.multipliedBy(11);
            side.store.lastSent = DAY.multipliedBy(11);
            side.library.placeholders = 1;
            side.flag("isExceedingQuota", true);
        });
        add(all, "paused", "paused", side -> pause(side, Duration.ofHours(5), 3));
        flagged(all, "low-power-mode", "isBlockedByLowPowerModeKey");
        add(all, "battery", "battery", side -> {
            side.flag("lowBatteryLevel", true);
            side.status.remove("hasBatteryBudgetKey");
        });
        flagged(all, "hot-or-busy", "thermalPressure");
        add(all, "stuck-reset", "stuck-reset", side -> resets(side, false));
        add(all, "rejected-items", "rejected-items", side -> side.library.rejected = 2);
        add(all, "wiped", "wiped", side -> {
            side.flag("containerHasBeenWiped", true);
            side.status.put("cloudAssetCountPerType", Map.of("public.image", 0, "public.movie", 0));
        });
        add(all, "waiting", "waiting", side -> {
            waiting(side, 25, DAY.multipliedBy(3));
            side.lastSync(DAY.multipliedBy(3));
        });
        add(all, "unreadable", "unreadable", side -> side.fault(faults -> faults.deny("PhotoData/CPL")));
    }

    private static void variants(List<CloudSituation> all) {
        add(all, "airplane-with-wifi", "none", side -> {
            side.flag("connectedToNetwork", true);
            side.flag("inAirplaneMode", false);
        });
        add(all, "phone-full-once", "none", CloudSituations::full);
        add(all, "icloud-full-nothing-waiting", "none", side -> side.flag("isExceedingQuota", true));
        add(all, "pause-over", "none", side -> pause(side, Duration.ofHours(-5), 3));
        add(all, "reset-ended", "none", side -> resets(side, true));
        add(all, "just-switched-on", "none", side -> {
            side.switched(true, HOUR);
            side.library.allUnsynced = true;
            side.store.outgoing = 3;
        });
        add(all, "first-sync-begun", "first-sync", side -> {
            firstSync(side, HOUR);
            side.library.allUnsynced = true;
        });
        add(all, "optimised", "none", side -> {
            side.library.placeholders = 900;
            side.list(CloudSide.SETTINGS, Map.of("Library", Map.of("CPL", Map.of("PrefetchMode", 0))), DAY);
        });
        add(all, "flags-before-success", "none", side -> {
            side.status.put("connectedToNetwork", false);
            side.status.put("isBlockedByLowPowerModeKey", true);
            side.statusAge(DAY.multipliedBy(3));
        });
        add(all, "noted-long-ago", "signed-out", side -> {
            side.status.put("iCloudLibraryClientIsNotAuthenticated", true);
            side.status.put("lastSyncDate", side.date(DAY.multipliedBy(30)));
            side.statusAge(DAY.multipliedBy(29));
        });
        add(all, "off-but-noted-healthy", "off", side -> {
            off(side);
            side.lastSync(Duration.ofMinutes(9));
            side.flag("isExceedingQuota", true);
        });
        add(all, "marker-gone-rest-stays", "off", side -> {
            side.remove(CloudSide.ENABLED);
            side.library.allUnsynced = true;
        });
        add(all, "status-without-time", "low-power-mode", side -> {
            side.status.put("isBlockedByLowPowerModeKey", true);
            side.statusAge(Duration.between(Instant.EPOCH, side.now));
        });
        add(all, "on-again-before-deletion", "none", side -> {
            side.switched(false, DAY.multipliedBy(4));
            side.switched(true, DAY.multipliedBy(3));
            side.status.put("exitDeleteTime", side.date(DAY.multipliedBy(-26)));
            side.statusAge(DAY.multipliedBy(4));
        });
        add(all, "two-causes", "icloud-full", side -> {
            waiting(side, 12, DAY.multipliedBy(4));
            side.flag("isExceedingQuota", true);
            side.flag("isBlockedByLowPowerModeKey", true);
        });
    }

    private static void versions(List<CloudSituation> all) {
        add(all, "ios-13", "none", side -> {
            side.ios = "13.7";
            side.library.ios = "13";
            olderKeys(side);
        });
        add(all, "ios-15", "icloud-full", side -> {
            side.ios = "15.8";
            side.library.ios = "15";
            side.store.asOfIos15 = true;
            side.remove(CloudSide.CPL + "lastsyncafterlaunch.plist");
            olderKeys(side);
            waiting(side, 12, DAY.multipliedBy(4));
            side.flag("isExceedingQuota", true);
        });
        add(all, "ios-27", "none", side -> {
            side.ios = "27.0";
            side.library.ios = "27";
            side.status.put("accountPartitionType", 1);
            side.list(
                    CloudSide.CPL + "metrics.plist",
                    Map.of("TotalSessionsCount", 900, "BlockedSessionsCount", 40, "DASUnBlockedCount", 41),
                    HOUR);
        });
    }

    private static void faults(List<CloudSituation> all) {
        add(all, "status-refused", "unreadable", side -> side.fault(faults -> faults.ghost(CloudSide.STATUS, 10)));
        add(all, "status-absent", "unreadable", side -> side.fault(faults -> faults.ghost(CloudSide.STATUS, 8)));
        add(all, "status-empty", "unreadable", side -> side.statusBytes(new byte[0]));
        add(all, "status-truncated", "unreadable", side -> {
            byte[] list = side.statusList();
            side.statusBytes(Arrays.copyOf(list, list.length / 2));
        });
        add(all, "status-garbage", "unreadable", side -> side.statusBytes(text("\0\1\2 no list \u001b[31m")));
        add(all, "status-list", "unreadable", side -> side.statusBytes(PropertyLists.xml(List.of("a", "b"))));
        add(all, "status-deep", "unreadable", side -> side.statusBytes(text("<plist>" + "<array>".repeat(100_000))));
        add(all, "status-huge", "unreadable", side -> side.statusBytes(new byte[9 << 20]));
        add(all, "status-wrong-kinds", "none", side -> {
            for (String key : List.of("isExceedingQuota", "inAirplaneMode", "iCloudLibraryHasBeenWiped")) {
                side.status.put(key, "true");
            }
            side.status.put("lastSyncDate", 12);
            side.status.put("exitDeleteTime", "tomorrow");
            side.status.put("cloudAssetCountPerType", "many");
        });
        add(all, "status-binary", "low-power-mode", side -> {
            side.flag("isBlockedByLowPowerModeKey", true);
            side.statusBytes(PropertyLists.binary(side.status));
        });
        add(all, "status-large", "low-power-mode", side -> {
            side.flag("isBlockedByLowPowerModeKey", true);
            side.status.put("accountFlags", new byte[700_000]);
        });
        add(all, "status-torn-once", "low-power-mode", side -> {
            side.flag("isBlockedByLowPowerModeKey", true);
            side.fault(faults -> faults.tearOnce(CloudSide.STATUS, 100));
        });
        add(all, "dates-impossible", "none", side -> {
            side.status.put("initialSyncDate", Date.from(Instant.EPOCH));
            side.status.put("lastSyncDate", Date.from(Instant.parse("2090-01-01T00:00:00Z")));
            side.status.put("exitDeleteTime", Date.from(Instant.EPOCH));
        });
        add(all, "markers-empty", "none", side -> {
            side.file(CloudSide.ENABLED, new byte[0], DAY);
            side.file(CloudSide.FIRST_SYNC, text("\u001b]0;no date\u0007\n"), DAY);
        });
        add(all, "queue-without-log", "rejected-items", side -> {
            side.library.rejected = 1;
            side.store.hasLog = false;
        });
        add(all, "log-without-queue", "none", side -> side.store.hasDatabase = false);
        add(all, "queue-without-tables", "none", side -> side.store.hasTables = false);
        add(all, "queue-no-database", "none", side -> side.store.isDatabase = false);
        add(all, "queue-enormous", "none", side -> side.fault(faults -> faults.reportSize(CloudSide.QUEUE, 3L << 30)));
        add(
                all,
                "resets-of-another-shape",
                "none",
                side -> side.list(
                        CloudSide.RESETS, Map.of("pending", true, "date", side.date(DAY.multipliedBy(9))), DAY));
        add(all, "counts-missing", "none", side -> side.status.remove("cloudAssetCountPerType"));
        add(all, "library-damaged", "icloud-full", side -> {
            side.library.isDamaged = true;
            side.store.outgoing = 8;
            side.flag("isExceedingQuota", true);
        });
        add(all, "hostile-reasons", "rejected-items", side -> {
            side.library.rejected = 2;
            side.library.reason = "\u001b[2J\u001b]0;owned\u0007first\nsecond\r\u202ethird" + "x".repeat(5000);
        });
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void flagged(List<CloudSituation> all, String cause, String flag) {
        add(all, cause, cause, side -> {
            waiting(side, 12, DAY.multipliedBy(2));
            side.flag(flag, true);
        });
    }

    private static void waiting(CloudSide side, int count, Duration since) {
        side.library.waiting = count;
        side.library.waitingSince = since;
        side.lastSync(since);
    }

    /** The markers are gone; everything else is left, as on a real phone with iOS 16.3. */
    private static void off(CloudSide side) {
        side.remove(CloudSide.ENABLED);
        side.remove(CloudSide.FIRST_SYNC);
        side.remove("PhotoData/cpl_download_finished_marker");
        side.switched(false, DAY.multipliedBy(40));
        side.library.allUnsynced = true;
        side.lastSync(DAY.multipliedBy(40));
    }

    private static void firstSync(CloudSide side, Duration ago) {
        side.remove(CloudSide.FIRST_SYNC);
        side.file(CloudSide.ENABLED, CloudSide.marker(side.now.minus(ago)), ago);
        side.switches.clear();
        side.switched(true, ago);
        side.status.remove("initialSyncDate");
        side.status.remove("lastSyncDate");
        side.status.put("iCloudLibraryExists", false);
        side.library.waiting = 30;
        side.library.waitingSince = ago;
    }

    private static void full(CloudSide side) {
        side.flag("lowDiskSpace", true);
        side.flag("veryLowDiskSpace", true);
    }

    private static void pause(CloudSide side, Duration left, int reason) {
        side.list(
                CloudSide.PAUSE,
                Map.of("unpauseTime", side.date(left.negated()), "reason", reason),
                Duration.ofHours(6));
    }

    private static void resets(CloudSide side, boolean ended) {
        List<Map<String, Object>> events = new ArrayList<>();
        for (int days : new int[] {8, 6, 4, 2, 1}) {
            Map<String, Object> event = new LinkedHashMap<>();
            event.put("type", "soft");
            event.put("cause", "client asked");
            event.put("uuid", CloudStore.id("reset " + days));
            event.put("date", side.date(DAY.multipliedBy(days)));
            if (ended && days == 1) {
                event.put("endDate", side.date(Duration.ofHours(23)));
            } else {
                event.put("pending", true);
            }
            events.add(event);
        }
        side.list(CloudSide.RESETS, events, DAY);
    }

    /** Removes the keys that iOS 16 and later added. */
    private static void olderKeys(CloudSide side) {
        for (String key : List.of("initialDownloadDate", "unBlockedReason", "keychainCDPEnabled")) {
            side.status.remove(key);
        }
    }
}
