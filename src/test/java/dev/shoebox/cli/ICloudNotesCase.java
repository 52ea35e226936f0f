package dev.shoebox.cli;

import com.dd.plist.BinaryPropertyListWriter;
import com.dd.plist.NSObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Phones with all kinds of records of iCloud Photos, and the cause that each set of records means. */
@SuppressWarnings("TimeInStaticInitializer") // Ages in the notes are counted from the moment of the test.
abstract class ICloudNotesCase {
    static final Duration DAY = Duration.ofDays(1);
    static final Instant NOW = Instant.now();

    @TempDir
    Path home;

    @TempDir
    Path media;

    final Map<String, Object> status = new LinkedHashMap<>();
    Instant written = NOW.minus(Duration.ofMinutes(4));

    static Date ago(Duration age) {
        return Date.from(NOW.minus(age));
    }

    @BeforeEach
    void healthy() {
        status.put("iCloudLibraryExists", true);
        status.put("initialSyncDate", ago(DAY.multipliedBy(400)));
        status.put("initialDownloadDate", ago(DAY.multipliedBy(400)));
        status.put("lastSyncDate", ago(Duration.ofMinutes(9)));
        status.put("cloudAssetCountPerType", Map.of("public.image", 11_873, "public.movie", 942));
        status.put("cloudAssetCountPerTypeLastCheckDate", ago(Duration.ofHours(5)));
        status.put("connectedToNetwork", true);
        status.put("inAirplaneMode", false);
        status.put("hasValidSystemBudgetKey", true);
        status.put("hasBatteryBudgetKey", true);
        status.put("hasCellularBudgetKey", true);
        status.put("unBlockedReason", 1);
        status.put("iCloudLibraryClientIsNotAuthenticated", false);
        status.put("keychainCDPEnabled", true);
    }

    /** How a phone differs from a healthy one. */
    interface Change {
        void to(ICloudNotesCase phone) throws IOException;
    }

    record Phone(String name, String library, String cause, List<String> also, Change change) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Phone healthy(String name, Change change) {
        return new Phone(name, "none", "none", List.of(), change);
    }

    static Phone waits(String name, String cause, List<String> also, Change change) {
        return new Phone(name, "waiting", cause, also, change);
    }

    static Change flag(String key, Object value) {
        return phone -> phone.status.put(key, value);
    }

    static Change flags(Object... pairs) {
        return phone -> {
            for (int i = 0; i < pairs.length; i += 2) {
                phone.status.put((String) pairs[i], pairs[i + 1]);
            }
        };
    }

    void write(String path, Object content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryPropertyListWriter.write(NSObject.fromJavaObject(content), bytes);
        write(path, bytes.toByteArray());
    }

    void write(String path, byte[] content) throws IOException {
        Path file = media.resolve("PhotoData").resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    void remove(String path) throws IOException {
        Files.deleteIfExists(media.resolve("PhotoData").resolve(path));
    }

    void removeMarkers() throws IOException {
        remove("cpl_enabled_marker");
        remove("cpl_download_finished_marker");
        remove("CPL/initialsync_marker");
    }

    static List<Phone> phones() {
        return List.of(
                healthy("healthy", phone -> {}),
                healthy("ios 27 keys", flags("accountPartitionType", 1, "accountFlags", new byte[] {1, 2})),
                healthy("ios 15 keys", phone -> {
                    phone.status.remove("initialDownloadDate");
                    phone.status.remove("unBlockedReason");
                    phone.remove("CPL/lastsyncafterlaunch.plist");
                }),
                healthy("ios 13: no budget, no network key", phone -> {
                    List.of(
                                    "hasValidSystemBudgetKey",
                                    "hasBatteryBudgetKey",
                                    "hasCellularBudgetKey",
                                    "connectedToNetwork")
                            .forEach(phone.status::remove);
                    phone.remove("private/com.apple.accountsd/cloudServiceEnableLog.plist");
                    phone.remove("private/com.apple.assetsd/cloudServiceEnableLog.plist");
                }),
                healthy("stale flags", phone -> {
                    phone.status.putAll(Map.of(
                            "isBlockedByLowPowerModeKey",
                            true,
                            "thermalPressure",
                            true,
                            "connectedToNetwork",
                            false,
                            "isExceedingQuota",
                            true,
                            "iCloudLibraryClientIsNotAuthenticated",
                            true));
                    phone.written = NOW.minus(DAY.multipliedBy(2));
                }),
                healthy(
                        "false flags",
                        flags(
                                "iCloudLibraryClientVersionTooOld",
                                false,
                                "isExceedingQuota",
                                false,
                                "iCloudLibraryHasBeenWiped",
                                false,
                                "containerHasBeenWiped",
                                false,
                                "serverFeatureCompatibleVersion",
                                20_220)),
                healthy(
                        "pause over",
                        phone -> phone.write(
                                "CPL/pauseICloudPhotos", Map.of("unpauseTime", ago(Duration.ofHours(2)), "reason", 3))),
                healthy(
                        "pause of 1970",
                        phone -> phone.write(
                                "CPL/pauseICloudPhotos", Map.of("unpauseTime", Date.from(Instant.EPOCH), "reason", 3))),
                healthy("deletion date over", flag("exitDeleteTime", ago(DAY.multipliedBy(90)))),
                healthy("deletion of 1970", flag("exitDeleteTime", Date.from(Instant.EPOCH))),
                healthy(
                        "reset ended",
                        phone -> phone.write(
                                "CPL/resetevents.plist",
                                List.of(
                                        Map.of("type", "soft", "date", ago(DAY.multipliedBy(9)), "pending", true),
                                        Map.of(
                                                "type",
                                                "soft",
                                                "date",
                                                ago(DAY.multipliedBy(8)),
                                                "endDate",
                                                ago(DAY.multipliedBy(8)))))),
                healthy("more resets than a phone keeps, the last ended", phone -> {
                    List<Object> resets = new ArrayList<>(Collections.nCopies(
                            150, Map.of("type", "soft", "date", ago(DAY.multipliedBy(3)), "pending", true)));
                    resets.add(Map.of("type", "soft", "date", ago(DAY), "endDate", ago(DAY)));
                    phone.write("CPL/resetevents.plist", resets);
                }),
                healthy(
                        "reset begun now",
                        phone -> phone.write(
                                "CPL/resetevents.plist",
                                List.of(Map.of("type", "soft", "date", ago(Duration.ofMinutes(20)), "pending", true)))),
                healthy("resets a dict", phone -> phone.write("CPL/resetevents.plist", Map.of("pending", true))),
                healthy("budget invalid", phone -> {
                    phone.status.put("hasValidSystemBudgetKey", false);
                    phone.status.remove("hasBatteryBudgetKey");
                }),
                healthy("budget a string", flag("hasBatteryBudgetKey", "true")),
                healthy(
                        "flags strings",
                        flags(
                                "connectedToNetwork",
                                "false",
                                "isBlockedByLowPowerModeKey",
                                "true",
                                "isExceedingQuota",
                                "yes",
                                "iCloudLibraryClientIsNotAuthenticated",
                                List.of(true),
                                "busyState",
                                "2",
                                "exitDeleteTime",
                                12)),
                healthy("counts of another kind", flag("cloudAssetCountPerType", Map.of("public.image", "11873"))),
                healthy("weak network before the last success", phone -> {
                    phone.status.put("poorNetworkQuality", true);
                    phone.written = NOW.minus(DAY);
                }),
                healthy("marker empty", phone -> phone.write("cpl_enabled_marker", new byte[0])),
                healthy(
                        "marker other text",
                        phone -> phone.write(
                                "cpl_enabled_marker", "\u001b[2J tomorrow".getBytes(StandardCharsets.UTF_8))),
                healthy("marker of first sync gone, date there", phone -> phone.remove("CPL/initialsync_marker")),
                healthy("idle for a month", phone -> {
                    phone.status.put("lastSyncDate", ago(DAY.multipliedBy(30)));
                    phone.written = NOW.minus(DAY.multipliedBy(30));
                }),
                healthy("off and on again", phone -> {
                    phone.status.put("exitDeleteTime", ago(DAY.multipliedBy(-20)));
                    phone.written = NOW.minus(DAY.multipliedBy(9));
                }),
                healthy("warm", flag("moderateThermalPressure", true)),
                healthy("advanced data protection", flags("walrusEnabled", true, "blockedReason", 7)),
                healthy("no library, fresh", phone -> phone.remove("Photos.sqlite")),
                healthy("written in 1970", phone -> phone.written = Instant.EPOCH),
                healthy("quota, nothing waits", flag("isExceedingQuota", true)),
                healthy("clock of the phone ahead by hours", phone -> {
                    phone.status.put("lastSyncDate", ago(Duration.ofHours(-5)));
                    phone.written = NOW.plus(Duration.ofHours(5));
                }),
                healthy("clock of the phone behind by days", phone -> {
                    phone.status.put("lastSyncDate", ago(DAY.multipliedBy(3)));
                    phone.written = NOW.minus(DAY.multipliedBy(3));
                }),
                waits(
                        "flag with a success to come",
                        "signed-out",
                        List.of(),
                        flags(
                                "lastSyncDate",
                                ago(Duration.ofHours(-12)),
                                "iCloudLibraryClientIsNotAuthenticated",
                                true)),
                waits("off", "off", List.of(), ICloudNotesCase::removeMarkers),
                waits("off, left flags", "off", List.of(), phone -> {
                    phone.removeMarkers();
                    phone.status.put("isExceedingQuota", true);
                    phone.status.put("iCloudLibraryClientIsNotAuthenticated", true);
                }),
                waits("deleting", "deleting", List.of("off"), phone -> {
                    phone.removeMarkers();
                    phone.status.put("exitDeleteTime", ago(DAY.multipliedBy(-21)));
                }),
                waits(
                        "deleting though marked on",
                        "deleting",
                        List.of(),
                        flag("exitDeleteTime", ago(DAY.multipliedBy(-3)))),
                waits("never finished", "first-sync", List.of(), phone -> {
                    phone.remove("CPL/initialsync_marker");
                    phone.status.remove("initialSyncDate");
                    phone.status.remove("initialDownloadDate");
                    phone.status.remove("lastSyncDate");
                    phone.status.put("iCloudLibraryExists", false);
                }),
                waits(
                        "signed out and full",
                        "signed-out",
                        List.of("icloud-full"),
                        flags("iCloudLibraryClientIsNotAuthenticated", true, "isExceedingQuota", true)),
                waits(
                        "old ios and offline",
                        "ios-too-old",
                        List.of("offline"),
                        flags("iCloudLibraryClientVersionTooOld", true, "connectedToNetwork", false)),
                waits("offline", "offline", List.of(), flag("connectedToNetwork", false)),
                waits(
                        "airplane",
                        "airplane-mode",
                        List.of(),
                        flags("connectedToNetwork", false, "inAirplaneMode", true)),
                waits(
                        "cellular and low power",
                        "cellular-off",
                        List.of("low-power-mode"),
                        flags("cellularIsRestricted", true, "isBlockedByLowPowerModeKey", true)),
                waits("low data", "low-data-mode", List.of(), flag("constrainedNetwork", true)),
                waits("weak network", "low-data-mode", List.of(), flag("poorNetworkQuality", true)),
                waits(
                        "weak network and low battery",
                        "low-data-mode",
                        List.of("battery"),
                        flags("poorNetworkQuality", true, "lowBatteryLevel", true)),
                waits(
                        "phone very full",
                        "phone-full",
                        List.of(),
                        flags("lowDiskSpace", true, "veryLowDiskSpace", true)),
                waits(
                        "both full",
                        "phone-full",
                        List.of("icloud-full"),
                        flags("veryLowDiskSpace", true, "isExceedingQuota", true)),
                waits("icloud full and paused", "icloud-full", List.of("paused"), phone -> {
                    phone.status.put("isExceedingQuota", true);
                    phone.write("CPL/pauseICloudPhotos", Map.of("unpauseTime", ago(Duration.ofHours(-5)), "reason", 3));
                }),
                waits(
                        "low power and hot",
                        "low-power-mode",
                        List.of("hot-or-busy"),
                        flags("isBlockedByLowPowerModeKey", true, "thermalPressure", true)),
                waits(
                        "low battery and hot",
                        "battery",
                        List.of("hot-or-busy"),
                        flags("lowBatteryLevel", true, "heavyResourceUsage", true)),
                waits("allowance used up", "battery", List.of(), phone -> phone.status.remove("hasBatteryBudgetKey")),
                waits("busy snapshot", "hot-or-busy", List.of(), flag("busyState", 2)),
                waits("numbers for booleans", "low-power-mode", List.of(), flag("isBlockedByLowPowerModeKey", 1)),
                waits(
                        "stuck",
                        "stuck-reset",
                        List.of(),
                        phone -> phone.write(
                                "CPL/resetevents.plist",
                                List.of(
                                        Map.of(
                                                "type",
                                                "soft",
                                                "cause",
                                                "x",
                                                "date",
                                                ago(DAY.multipliedBy(8)),
                                                "pending",
                                                true),
                                        Map.of(
                                                "type",
                                                "soft",
                                                "cause",
                                                "x",
                                                "date",
                                                ago(DAY.multipliedBy(2)),
                                                "pending",
                                                true)))),
                waits("wiped", "wiped", List.of(), flag("iCloudLibraryHasBeenWiped", true)),
                waits("nothing said", "waiting", List.of(), flag("lastSyncDate", ago(DAY.multipliedBy(3)))),
                waits("status not a dict", "unreadable", List.of("waiting"), phone -> phone.status.clear()),
                new Phone(
                        "rejected and offline",
                        "rejected-items",
                        "offline",
                        List.of("rejected-items"),
                        flag("connectedToNetwork", false)));
    }
}
