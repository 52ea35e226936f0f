package dev.shoebox.simulator.apps;

import dev.shoebox.simulator.library.SimulatedLibrary;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * An app that is installed.
 *
 * @param id its bundle identifier
 * @param name as the home screen shows it
 * @param info what else its Info.plist says, such as {@code UIFileSharingEnabled}
 * @param documents what lies in its folder {@code Documents}
 */
public record SimulatedApp(String id, String name, Map<String, Object> info, SimulatedLibrary documents) {
    static final String SHARES = "UIFileSharingEnabled";

    private static final Set<Object> YES = Set.of(true, 1, 1L, "YES", "true", "1");

    /** An app that shares its documents. */
    public static SimulatedApp sharing(String id, String name, SimulatedLibrary documents) {
        return new SimulatedApp(id, name, Map.of(SHARES, true), documents);
    }

    /** An app that keeps its documents to itself, as most do. */
    public static SimulatedApp closed(String id, String name, SimulatedLibrary documents) {
        return new SimulatedApp(id, name, Map.of(), documents);
    }

    boolean shares() {
        return YES.contains(info.getOrDefault(SHARES, false));
    }

    /** What the installation proxy tells of it. */
    Map<String, Object> attributes() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("ApplicationType", "User");
        all.put("CFBundleIdentifier", id);
        all.put("CFBundleDisplayName", name);
        all.put("CFBundleName", name);
        all.put("CFBundleExecutable", "App");
        all.put("CFBundleShortVersionString", "1.2");
        all.put("CFBundleVersion", "120");
        all.put("Path", "/private/var/containers/Bundle/Application/0C0F4D4B-0000-4000-8000-000000000000/App.app");
        all.put("Container", "/private/var/mobile/Containers/Data/Application/0C0F4D4B-0000-4000-8000-000000000000");
        all.put("StaticDiskUsage", 1_000_000L);
        all.put("DynamicDiskUsage", 1_000L);
        all.putAll(info);
        return all;
    }
}
