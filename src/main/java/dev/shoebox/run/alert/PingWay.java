package dev.shoebox.run.alert;

import java.io.IOException;
import java.util.Map;

/**
 * Pings a service that notices missing runs, such as healthchecks, at each start and end; the service alerts the user.
 * A run that had nothing to do does not ping, or the service would never notice a missing backup. Source: healthchecks,
 * "Pinging API".
 *
 * @param secrets {@code url}
 */
record PingWay(SecretFile secrets) implements AlertWay {
    @Override
    public void send(Alert alert) throws IOException {
        String ending =
                switch (alert.kind()) {
                    case BEGIN -> "/start";
                    case SUCCESS -> "";
                    case FAILURE -> "/fail";
                    case TEST -> "/log";
                    case ALARM, OVER -> null;
                };
        if (ending != null) {
            String url = secrets.require("url").replaceFirst("/+$", "");
            WebRequest.post(url + ending, "text/plain; charset=utf-8", alert.title() + "\n" + alert.text(), Map.of());
        }
    }
}
