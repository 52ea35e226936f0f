package dev.shoebox.web.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One path that is answered.
 *
 * @param method {@code GET}, which includes {@code HEAD}, or {@code POST}
 * @param path exact, except that <code>{n}</code> stands for a number; below {@code /i/} the secret of pictures comes
 * before it
 */
public record Route(String method, String path, Guard guard, Handler handler) {
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,8}");
    private static final String ANY_NUMBER = "{n}";

    /** What a client must know to get an answer. */
    public enum Guard {
        /** Nothing: for the page's static files, which reveal nothing about anybody. */
        OPEN,
        /** The token, in the header {@code X-Shoebox}. */
        TOKEN,
        /** The secret of pictures, in the path. */
        PICTURES
    }

    /** Creates a route for data that the page reads. */
    public static Route get(String path, Handler handler) {
        return new Route("GET", path, Guard.TOKEN, handler);
    }

    /** Creates a route for an action. */
    public static Route post(String path, Handler handler) {
        return new Route("POST", path, Guard.TOKEN, handler);
    }

    /** Creates a route for a static file of the page. */
    public static Route open(String path, Handler handler) {
        return new Route("GET", path, Guard.OPEN, handler);
    }

    /** Creates a route for a picture or film: {@code /i/SECRET} and this path. */
    public static Route picture(String path, Handler handler) {
        return new Route("GET", path, Guard.PICTURES, handler);
    }

    /**
     * Returns the numbers in a path.
     *
     * @param raw the undecoded path: an escape matches nothing
     * @return empty if the path is not of this route
     */
    Optional<List<Integer>> match(String raw) {
        String[] want = path.split("/", -1);
        String[] got = raw.split("/", -1);
        if (want.length != got.length) {
            return Optional.empty();
        }
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < want.length; i++) {
            if (want[i].equals(ANY_NUMBER) && NUMBER.matcher(got[i]).matches()) {
                numbers.add(Integer.valueOf(got[i]));
            } else if (!want[i].equals(got[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(numbers);
    }
}
