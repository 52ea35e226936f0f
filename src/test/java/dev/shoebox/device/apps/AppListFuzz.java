package dev.shoebox.device.apps;

import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.device.transport.ServiceConnection;
import dev.shoebox.plist.PropertyList;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Answers of a phone to requests for its apps, and for the documents of one. */
final class AppListFuzz {
    private AppListFuzz() {}

    static List<byte[]> seeds() {
        Map<String, ?> app = Map.of(
                "CFBundleIdentifier",
                "org.example.Sketches",
                "CFBundleDisplayName",
                "Sketches",
                "UIFileSharingEnabled",
                true);
        return List.of(
                frames(
                        Map.of("Status", "BrowsingApplications", "CurrentList", List.of(app, app)),
                        Map.of("Status", "Complete")),
                frames(Map.of("Status", "Complete")),
                frames(Map.of("Error", "InstallationLookupFailed")));
    }

    @SafeVarargs
    private static byte[] frames(Map<String, ?>... messages) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Map<String, ?> message : messages) {
            byte[] body = PropertyList.xml(message);
            all.writeBytes(
                    ByteBuffer.allocate(Integer.BYTES).putInt(body.length).array());
            all.writeBytes(body);
        }
        return all.toByteArray();
    }

    /** A service that gives this answer to everything, and closes. */
    static ServiceConnection saying(byte[] bytes) {
        ByteBuffer answers = ByteBuffer.wrap(bytes);
        return new ServiceConnection() {
            @Override
            public void send(ByteBuffer data) {
                data.position(data.limit());
            }

            @Override
            public void receive(ByteBuffer into) throws DeviceException {
                if (into.remaining() > answers.remaining()) {
                    throw ServiceConnection.lost();
                }
                into.put(answers.slice(answers.position(), into.remaining()));
                answers.position(answers.position() + into.position());
            }

            @Override
            public void close() {}
        };
    }

    public static void fuzzerTestOneInput(byte[] answers) {
        try {
            AppList apps = AppList.of(saying(answers));
            for (SharingApp app : apps.sharing()) {
                if (app.id().isBlank() || app.name().isBlank()) {
                    throw new AssertionError("an app without a name");
                }
            }
        } catch (DeviceException | AppRefusedException refused) {
            requireHarmless(refused);
        }
        try {
            HouseArrest.vendDocuments(saying(answers), "org.example.Sketches");
        } catch (DeviceException | AppRefusedException refused) {
            requireHarmless(refused);
        }
    }

    private static void requireHarmless(Exception refused) {
        if (!StandardCharsets.US_ASCII.newEncoder().canEncode(refused.getMessage())
                || refused.getMessage().chars().anyMatch(each -> each < ' ')) {
            throw new AssertionError(refused.getMessage());
        }
    }
}
