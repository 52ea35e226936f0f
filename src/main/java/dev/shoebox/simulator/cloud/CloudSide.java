package dev.shoebox.simulator.cloud;

import dev.shoebox.simulator.library.GeneratedTree;
import dev.shoebox.simulator.phone.Faults;
import dev.shoebox.simulator.phone.PhoneSettings;
import dev.shoebox.simulator.phone.PhoneValues;
import dev.shoebox.simulator.wire.PropertyLists;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The files of iCloud Photos on a phone: markers, lists and a database beside the Photos library. All values are made
 * up; the formats follow published listings, three real phones and one backup. Starts in a healthy state.
 */
final class CloudSide {
    /** APFS has times in nanoseconds. */
    private static final long FRACTION = 123_456_789;

    static final String CPL = "PhotoData/CPL/";
    static final String STATUS = CPL + "syncstatus.plist";
    static final String RESETS = CPL + "resetevents.plist";
    static final String PAUSE = CPL + "pauseICloudPhotos";
    static final String FIRST_SYNC = CPL + "initialsync_marker";
    static final String ENABLED = "PhotoData/cpl_enabled_marker";
    static final String SETTINGS = "PhotoData/private/com.apple.assetsd/appPrivateData.plist";
    static final String QUEUE = CPL + "storage/store.cloudphotodb";
    private static final String ACCOUNT_LOG = "PhotoData/private/com.apple.accountsd/cloudServiceEnableLog.plist";
    private static final String PHOTOS_LOG = "PhotoData/private/com.apple.assetsd/cloudServiceEnableLog.plist";
    private static final DateTimeFormatter MARKER = DateTimeFormatter.ofPattern("uuuu-MM-dd HH.mm.ss.SSS");

    final Instant now;
    final Map<String, Object> status = new LinkedHashMap<>();
    final List<Map<String, Object>> switches = new ArrayList<>();
    final CloudLibrary library = new CloudLibrary();
    final CloudStore store = new CloudStore();
    private final Map<String, byte[]> files = new TreeMap<>();
    private final Map<String, Instant> written = new TreeMap<>();
    private final List<Consumer<Faults>> faults = new ArrayList<>();
    private UnaryOperator<PhoneSettings> room = UnaryOperator.identity();
    String ios = "17.5.1";
    private Supplier<byte[]> statusBytes = this::statusList;

    CloudSide(Instant now) {
        this.now = now;
        file(ENABLED, marker(now.minus(Duration.ofDays(500))), Duration.ofDays(500));
        file("PhotoData/cpl_download_finished_marker", marker(now.minus(Duration.ofDays(498))), Duration.ofDays(498));
        file(FIRST_SYNC, marker(now.minus(Duration.ofDays(499))), Duration.ofDays(499));
        list(CPL + "DownloadCounts.plist", Map.of("CountKeyImages", 0, "CountKeyVideos", 0), Duration.ofHours(3));
        list(CPL + "lastsyncafterlaunch.plist", Map.of("date", date(Duration.ofHours(30))), Duration.ofHours(30));
        list(
                CPL + "mobileCPL.plist",
                Map.of("storeUUID", "0B1D7C1E-6B1B-4B8E-9D0E-0000000000AA"),
                Duration.ofDays(500));
        list(SETTINGS, Map.of("Library", Map.of("CPL", Map.of("PrefetchMode", 1))), Duration.ofDays(498));
        switched(true, Duration.ofDays(500));
        status.put("iCloudLibraryExists", true);
        status.put("initialSyncDate", date(Duration.ofDays(499)));
        status.put("initialDownloadDate", date(Duration.ofDays(499)));
        status.put("lastSyncDate", date(Duration.ofMinutes(9)));
        status.put("cloudAssetCountPerType", new LinkedHashMap<>(Map.of("public.image", 11_873, "public.movie", 942)));
        status.put("cloudAssetCountPerTypeLastCheckDate", date(Duration.ofHours(7)));
        status.put("connectedToNetwork", true);
        status.put("inAirplaneMode", false);
        status.put("hasValidSystemBudgetKey", true);
        status.put("hasBatteryBudgetKey", true);
        status.put("hasCellularBudgetKey", true);
        status.put("unBlockedReason", 1);
        status.put("iCloudLibraryClientIsNotAuthenticated", false);
        status.put("keychainCDPEnabled", true);
        status.put("accountFlags", new byte[] {8, 1, 16, 1});
        written.put(STATUS, now.minus(Duration.ofMinutes(9)));
    }

    Date date(Duration ago) {
        return Date.from(now.minus(ago));
    }

    static byte[] marker(Instant at) {
        return MARKER.format(at.atZone(PhoneValues.ZONE)).getBytes(StandardCharsets.US_ASCII);
    }

    void file(String path, byte[] content, Duration age) {
        files.put(path, content);
        written.put(path, now.minus(age));
    }

    void list(String path, Object content, Duration age) {
        file(path, PropertyLists.xml(content), age);
    }

    void remove(String path) {
        files.remove(path);
    }

    /** Sets how long ago the status last changed. */
    void statusAge(Duration age) {
        written.put(STATUS, now.minus(age));
    }

    /** Replaces the status with these bytes, whatever else was set. */
    void statusBytes(byte[] content) {
        statusBytes = () -> content;
    }

    byte[] statusList() {
        return PropertyLists.xml(status);
    }

    void lastSync(Duration ago) {
        status.put("lastSyncDate", date(ago));
        statusAge(ago);
    }

    /** Sets a flag later than the last success. */
    void flag(String key, Object value) {
        status.put(key, value);
        statusAge(Duration.ofMinutes(4));
    }

    void switched(boolean on, Duration ago) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("enabled", on);
        entry.put("type", "CPL");
        entry.put("timestamp", date(ago));
        switches.add(entry);
    }

    void freeBytes(long bytes) {
        room = settings -> settings.withFreeBytes(bytes);
    }

    /** Adapts a phone's settings to this situation. */
    PhoneSettings settings(PhoneSettings usual) {
        return room.apply(usual.withIos(ios));
    }

    /** Adds a fault of the cable or of the phone's file system. */
    void fault(Consumer<Faults> fault) {
        faults.add(fault);
    }

    void apply(Faults on) {
        faults.forEach(fault -> fault.accept(on));
    }

    /** Adds all files to those of a phone. */
    void fill(GeneratedTree tree) throws IOException {
        files.put(STATUS, statusBytes.get());
        byte[] log = PropertyLists.binary(switches);
        file(ACCOUNT_LOG, log, Duration.ofHours(1));
        file(PHOTOS_LOG, log, Duration.ofHours(1));
        library.fill(this, tree);
        store.fill(this);
        files.forEach((path, content) ->
                tree.add(path, content, written.getOrDefault(path, now).minusNanos(FRACTION)));
    }
}
