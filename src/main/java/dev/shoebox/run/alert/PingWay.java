package dev.shoebox.run.alert;

import java.io.IOException;
import java.util.Optional;

/**
 * A service that misses runs which do not come, as healthchecks does: it is told of every start and every end, and itself tells people.
 * A run that had nothing to do tells it nothing, or it would never miss one. Source: healthchecks, "Pinging API".
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
            WebRequest.post(
                    url + ending, "text/plain; charset=utf-8", alert.title() + "\n" + alert.text(), Optional.empty());
        }
    }
}
