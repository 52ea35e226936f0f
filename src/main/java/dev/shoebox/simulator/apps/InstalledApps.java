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
 * The apps of one simulated phone, and what {@code com.apple.mobile.installation_proxy} and
 * {@code com.apple.mobile.house_arrest} answer of them (libimobiledevice, {@code src/installation_proxy.c} and
 * {@code src/house_arrest.c}). Safe for use by several threads.
 */
public final class InstalledApps {
    /** Apps that the proxy tells of in one message. */
    private static final int TOGETHER = 4;

    /** House arrest serves no more connections than that at once. */
    private static final int MOST_CONNECTIONS = 5;

    private final List<SimulatedApp> apps = new CopyOnWriteArrayList<>();
    private final Map<String, String> refusals = new ConcurrentHashMap<>();
    private int live;
    private int mostAtOnce;

    /** Installs an app, whatever its identifier is. */
    public void install(SimulatedApp app) {
        apps.add(app);
    }

    /** Refuses the documents of an app with that error; for all other purposes it stays as it is. */
    public void refuse(String id, String error) {
        refusals.put(id, error);
    }

    /** How many connections of house arrest there were at once, at most. */
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

    /** Waits until no connection of house arrest lives. */
    public synchronized void awaitNone() throws InterruptedException {
        while (live > 0) {
            wait();
        }
    }

    /** Whether a request to the installation proxy would change what is installed. */
    public static boolean isChange(NSDictionary request) {
        return switch (PropertyLists.text(request, "Command")) {
            case "Install", "Upgrade", "Uninstall", "Archive", "Restore", "RemoveArchive" -> true;
            default -> false;
        };
    }

    /** What the installation proxy answers, in one message or several. */
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

    /** All of them are a person's own: of Apple's, none is simulated. */
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
     * What house arrest answers, and what AFC shows from then on.
     *
     * @param files empty where it was refused
     */
    public record Vended(Map<String, Object> answer, Optional<SimulatedLibrary> files) {
        private static Vended refused(String error) {
            return new Vended(Map.of("Error", error), Optional.empty());
        }
    }

    /** What house arrest answers to its only request. */
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
        // Since iOS 8.3 only what a developer installed shows its whole container.
        return command.equals("VendContainer") || !app.get().shares()
                ? Vended.refused("InstallationLookupFailed")
                : new Vended(
                        Map.of("Status", "Complete"),
                        Optional.of(new AppContainer(app.get().documents())));
    }
}
