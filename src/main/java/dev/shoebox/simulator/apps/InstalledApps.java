package dev.shoebox.simulator.apps;

import com.dd.plist.NSArray;
import com.dd.plist.NSDictionary;
import com.dd.plist.NSObject;
import dev.shoebox.simulator.library.SimulatedLibrary;
import dev.shoebox.simulator.wire.PropertyLists;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The apps of a simulated phone, and the responses of {@code com.apple.mobile.installation_proxy} and {@code
 * com.apple.mobile.house_arrest} (libimobiledevice, {@code src/installation_proxy.c} and {@code src/house_arrest.c}).
 * Thread-safe.
 */
public final class InstalledApps {
    /** The number of apps in one message of the proxy. */
    private static final int TOGETHER = 4;

    /** The maximum number of concurrent connections of house arrest. */
    private static final int MOST_CONNECTIONS = 5;

    private final List<SimulatedApp> apps = new CopyOnWriteArrayList<>();
    private final Map<String, String> refusals = new ConcurrentHashMap<>();
    private int live;
    private int mostAtOnce;

    /** Installs an app, whatever its identifier. */
    public void install(SimulatedApp app) {
        apps.add(app);
    }

    /** Refuses access to the documents of an app with an error, without affecting anything else. */
    public void refuse(String id, String error) {
        refusals.put(id, error);
    }

    /** Returns the largest number of concurrent connections of house arrest so far. */
    public synchronized int mostAtOnce() {
        return mostAtOnce;
    }

    public synchronized boolean isFull() {
        return live >= MOST_CONNECTIONS;
    }

    public synchronized void connected() {
        mostAtOnce = Math.max(mostAtOnce, ++live);
    }

    public synchronized void disconnected() {
        live--;
        notifyAll();
    }

    /** Waits until house arrest has no connections. */
    public synchronized void awaitNone() throws InterruptedException {
        while (live > 0) {
            wait();
        }
    }

    /** Returns whether a request to the installation proxy would change what is installed. */
    public static boolean isChange(NSDictionary request) {
        return switch (PropertyLists.text(request, "Command")) {
            case "Install", "Upgrade", "Uninstall", "Archive", "Restore", "RemoveArchive" -> true;
            default -> false;
        };
    }

    /** Returns the messages with which the installation proxy responds. */
    public List<Map<String, Object>> proxied(NSDictionary request) {
        return switch (PropertyLists.text(request, "Command")) {
            case "Browse" -> browse(PropertyLists.child(request, "ClientOptions"));
            case "Lookup" -> List.of(lookup(PropertyLists.child(request, "ClientOptions")));
            case "LookupArchives" -> List.of(Map.of("LookupResult", Map.of(), "Status", "Complete"));
            case "" -> List.of(Map.of("Error", "MissingCommand"));
            default -> List.of(Map.of("Error", "APIInternalError", "ErrorDescription", "Not on this phone."));
        };
    }

    private List<Map<String, Object>> browse(NSDictionary options) {
        List<Map<String, Object>> all = chosen(options);
        List<Map<String, Object>> messages = new ArrayList<>();
        for (int from = 0; from < all.size(); from += TOGETHER) {
            List<Map<String, Object>> some = all.subList(from, Math.min(from + TOGETHER, all.size()));
            Map<String, Object> message = new LinkedHashMap<>();
            message.put("CurrentAmount", some.size());
            message.put("CurrentIndex", from);
            message.put("CurrentList", some);
            message.put("Status", "BrowsingApplications");
            message.put("Total", all.size());
            messages.add(message);
        }
        messages.add(Map.of("Status", "Complete"));
        return messages;
    }

    private Map<String, Object> lookup(NSDictionary options) {
        List<String> ids = texts(options, "BundleIDs");
        Map<String, Object> found = new LinkedHashMap<>();
        for (Map<String, Object> app : chosen(options)) {
            String id = app.getOrDefault("CFBundleIdentifier", "").toString();
            if (ids.isEmpty() || ids.contains(id)) {
                found.put(id, app);
            }
        }
        return Map.of("LookupResult", found, "Status", "Complete");
    }

    /** All of them are user apps: none of Apple's is simulated. */
    private List<Map<String, Object>> chosen(NSDictionary options) {
        List<String> wanted = texts(options, "ReturnAttributes");
        List<Map<String, Object>> chosen = new ArrayList<>();
        if (PropertyLists.text(options, "ApplicationType").equals("System")) {
            return chosen;
        }
        for (SimulatedApp app : apps) {
            Map<String, Object> attributes = app.attributes();
            if (!wanted.isEmpty()) {
                attributes.keySet().retainAll(wanted);
            }
            chosen.add(attributes);
        }
        return chosen;
    }

    private static List<String> texts(NSDictionary options, String key) {
        List<String> texts = new ArrayList<>();
        if (options.get(key) instanceof NSArray array) {
            for (NSObject text : array.getArray()) {
                texts.add(text.toString());
            }
        }
        return texts;
    }

    /**
     * The response of house arrest, and what AFC shows afterwards.
     *
     * @param files empty if the request was refused
     */
    public record Vended(Map<String, Object> answer, Optional<SimulatedLibrary> files) {
        private static Vended refused(String error) {
            return new Vended(Map.of("Error", error), Optional.empty());
        }
    }

    /** Returns the response of house arrest to its only request. */
    public Vended vend(NSDictionary request) {
        String command = PropertyLists.text(request, "Command");
        String id = PropertyLists.text(request, "Identifier");
        if (!command.equals("VendDocuments") && !command.equals("VendContainer")) {
            return Vended.refused("InvalidCommand");
        }
        Optional<SimulatedApp> app =
                apps.stream().filter(each -> each.id().equals(id)).findFirst();
        if (app.isEmpty()) {
            return Vended.refused("ApplicationLookupFailed");
        }
        if (refusals.containsKey(id)) {
            return Vended.refused(refusals.get(id));
        }
        // Since iOS 8.3, only apps installed by a developer show their whole container.
        return command.equals("VendContainer") || !app.get().shares()
                ? Vended.refused("InstallationLookupFailed")
                : new Vended(
                        Map.of("Status", "Complete"),
                        Optional.of(new AppContainer(app.get().documents())));
    }
}
