package dev.shoebox.run.alert;

import dev.shoebox.json.JsonObject;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sends alerts to a phone through ntfy. Sends JSON, because headers hold no characters beyond Latin-1. Source: the
 * documentation of ntfy, "Publishing".
 *
 * @param secrets {@code url}, the address of the topic, and {@code token} if the topic requires one
 */
record NtfyWay(SecretFile secrets) implements AlertWay {
    /** ntfy turns a longer message into an attachment. In bytes. */
    private static final int LONGEST = 3000;

    @Override
    public void send(Alert alert) throws IOException {
        if (!alert.isForPeople()) {
            return;
        }
        String url = secrets.require("url").replaceFirst("/+$", "");
        int topic = url.lastIndexOf('/');
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("topic", url.substring(topic + 1));
        message.put("title", alert.title());
        message.put(
                "message",
                alert.text().substring(0, Math.min(LONGEST, alert.text().length())));
        message.put("priority", alert.kind() == Alert.Kind.ALARM ? 4 : 3);
        message.put(
                "tags",
                List.of(
                        switch (alert.kind()) {
                            case ALARM -> "warning";
                            case OVER -> "white_check_mark";
                            default -> "speech_balloon";
                        }));
        WebRequest.post(
                url.substring(0, Math.max(0, topic + 1)),
                "application/json",
                JsonObject.line(message),
                secrets.find("token")
                        .map(token -> Map.of("Authorization", "Bearer " + token))
                        .orElse(Map.of()));
    }
}
