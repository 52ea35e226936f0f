package dev.shoebox.simulator.apps;

import dev.shoebox.simulator.library.SimulatedLibrary;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * An installed app.
 *
 * @param id its bundle identifier
 * @param name the name on the home screen
 * @param info further keys of its Info.plist, such as {@code UIFileSharingEnabled}
 * @param documents the contents of its folder {@code Documents}
 */
public record SimulatedApp(String id, String name, Map<String, Object> info, SimulatedLibrary documents) {
    static final String SHARES = "UIFileSharingEnabled";

    private static final Set<Object> YES = Set.of(true, 1, 1L, "YES", "true", "1");

    /** Creates an app that shares its documents. */
    public static SimulatedApp sharing(String id, String name, SimulatedLibrary documents) {
        return new SimulatedApp(id, name, Map.of(SHARES, true), documents);
    }

    /** Creates an app that does not share its documents, like most apps. */
    public static SimulatedApp closed(String id, String name, SimulatedLibrary documents) {
        return new SimulatedApp(id, name, Map.of(), documents);
    }

    boolean shares() {
        return YES.contains(info.getOrDefault(SHARES, false));
    }

    /** Returns its attributes as the installation proxy lists them. */
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
