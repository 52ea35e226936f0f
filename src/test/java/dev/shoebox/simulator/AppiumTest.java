package dev.shoebox.simulator;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.shoebox.simulator.cloud.CloudPhone;
import dev.shoebox.simulator.cloud.CloudSituation;
import dev.shoebox.simulator.phone.SimulatedPhone;
import dev.shoebox.simulator.usb.SimulatedUsb;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** npm's appium-ios-device 3.1.23 finds, trusts and reads a simulated phone like a real one. */
@Timeout(120)
class AppiumTest {
    private static final Path MODULES = Path.of(System.getProperty("user.home"), ".cache/shoebox/appium/node_modules");

    private static void requirePackage() {
        if (!Files.isDirectory(MODULES.resolve("appium-ios-device"))) {
            String missing = "appium-ios-device is not in " + MODULES + ": scripts/setup test installs it";
            if ("1".equals(System.getenv("SHOEBOX_REQUIRE_DEVICE_TESTS"))) {
                throw new AssertionError(missing);
            }
            Assumptions.abort(missing);
        }
    }

    private static Map<String, Object> read(String address) throws IOException, InterruptedException {
        Path printed = Files.createTempFile("appium", ".out");
        try {
            ProcessBuilder client = new ProcessBuilder(
                            "node",
                            Path.of("src/test/resources/clients/appium.js").toString(),
                            MODULES.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(printed.toFile());
            client.environment().put("USBMUXD_SOCKET_ADDRESS", address);
            Process node = client.start();
            try {
                assertTrue(node.waitFor(100, TimeUnit.SECONDS), Files.readString(printed));
            } finally {
                node.destroyForcibly();
            }
            String words = Files.readString(printed, StandardCharsets.UTF_8);
            assertEquals(0, node.exitValue(), words);
            List<String> lines =
                    words.lines().filter(line -> line.startsWith("{")).toList();
            return JSON.std.mapFrom(lines.get(lines.size() - 1));
        } finally {
            Files.delete(printed);
        }
    }

    @Test
    void anIndependentClientReadsTheTimeTheValuesAndEveryFile() throws Exception {
        requirePackage();
        CloudSituation situation = CloudSituation.named("icloud-full").orElseThrow();
        SimulatedPhone phone = CloudPhone.small(situation, Instant.now());
        try (SimulatedUsb usb = SimulatedUsb.start("127.0.0.1:0")) {
            // Making its key may take longer than the client waits.
            phone.identity();
            usb.plug(phone);
            Map<String, Object> answer = read(usb.address());
            assertEquals(List.of(phone.settings().udid()), answer.get("udids"));
            assertEquals("17.5.1", answer.get("version"));
            Map<?, ?> time = (Map<?, ?>) answer.get("time");
            double now = Instant.now().getEpochSecond();
            assertEquals(now, ((Number) time.get("timestamp")).doubleValue(), 120);
            // Its other answers about the time repeat the first one: within TLS it takes each answer twice.
            assertTrue(((List<?>) answer.get("values")).contains("UniqueDeviceID"));
            Map<String, String> hashes = new TreeMap<>();
            phone.settings().library().manifest().forEach((path, file) -> hashes.put(path, file.sha256()));
            assertEquals(hashes, new TreeMap<>((Map<?, ?>) answer.get("files")));
            assertEquals(0, phone.observed().writeOperations());
        }
    }
}
