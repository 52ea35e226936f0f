package dev.shoebox.device.apps;

import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.device.transport.ServiceConnection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The apps of a phone ({@code com.apple.mobile.installation_proxy}; libimobiledevice,
 * {@code src/installation_proxy.c}).
 *
 * @param sharing those that share documents, by name
 * @param all the number of installed apps
 */
public record AppList(List<SharingApp> sharing, int all) {
    public static final String SERVICE = "com.apple.mobile.installation_proxy";

    /** More than anyone has: a phone that lists endlessly is not trusted. */
    private static final int MOST_APPS = 20_000;

    private static final String SHARES = "UIFileSharingEnabled";
    private static final String ID = "CFBundleIdentifier";
    private static final List<String> NAMES = List.of("CFBundleDisplayName", "CFBundleName");

    /** Bundle identifiers have at most 155 characters, names a few dozen. */
    private static final int LONGEST = 500;

    private static final Set<String> YES = Set.of("yes", "true", "1");

    /** The requested attributes. None makes the phone measure sizes, which takes minutes. */
    private static final Map<String, Object> BROWSE = Map.of(
            "Command",
            "Browse",
            "ClientOptions",
            Map.of("ApplicationType", "User", "ReturnAttributes", List.of(ID, NAMES.get(0), NAMES.get(1), SHARES)));

    public AppList {
        sharing = List.copyOf(sharing);
    }

    /**
     * Asks the installation proxy.
     *
     * @throws AppRefusedException if it refuses
     */
    public static AppList of(ServiceConnection proxy) throws DeviceException, AppRefusedException {
        PropertyListCable cable = new PropertyListCable(proxy);
        cable.send(BROWSE);
        TreeMap<String, SharingApp> sharing = new TreeMap<>();
        int all = 0;
        for (int messages = 0; messages <= MOST_APPS; messages++) {
            Map<String, Object> message = cable.receive();
            if (message.get("Error") instanceof String error) {
                throw AppRefusedException.of(error);
            }
            if (message.get("CurrentList") instanceof List<?> some) {
                all += some.size();
                for (Object app : some) {
                    sharing(app).ifPresent(shares -> sharing.putIfAbsent(shares.id(), shares));
                }
            }
            if (all > MOST_APPS) {
                throw AppRefusedException.nonsense();
            }
            if ("Complete".equals(message.get("Status"))) {
                return new AppList(byName(sharing.values().stream().toList()), all);
            }
        }
        throw AppRefusedException.nonsense();
    }

    private static List<SharingApp> byName(List<SharingApp> apps) {
        List<SharingApp> sorted = new ArrayList<>(apps);
        sorted.sort(Comparator.comparing((SharingApp app) -> app.name().toLowerCase(Locale.ROOT)));
        return sorted;
    }

    private static Optional<SharingApp> sharing(Object listed) {
        if (!(listed instanceof Map<?, ?> app) || !isYes(app.get(SHARES))) {
            return Optional.empty();
        }
        Optional<String> id = text(app.get(ID));
        return id.map(known -> new SharingApp(
                known,
                NAMES.stream()
                        .flatMap(key -> text(app.get(key)).stream())
                        .findFirst()
                        .orElse(known)));
    }

    private static Optional<String> text(Object value) {
        return value instanceof String text && !text.isBlank() && text.length() <= LONGEST
                ? Optional.of(text)
                : Optional.empty();
    }

    /** Returns whether a value means true: old apps have a number or a word instead of a boolean. */
    private static boolean isYes(Object value) {
        return Boolean.TRUE.equals(value)
                || (value instanceof Long number && number != 0)
                || (value instanceof String word && YES.contains(word.toLowerCase(Locale.ROOT)));
    }
}
