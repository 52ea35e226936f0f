package dev.shoebox.web.server;

import dev.shoebox.json.JsonObject;

import java.util.List;
import java.util.Optional;

/**
 * A request that passed every check.
 *
 * @param numbers what stood in the path where its route has a number, in order; each 0 to 999,999,999
 * @param body of a POST; empty for the others
 * @param range of bytes that is wanted, of a GET
 * @param language as {@code Accept-Language} has it; empty where it does not say
 */
public record Request(List<Integer> numbers, JsonObject body, Optional<Range> range, String language) {
    /**
     * One range of bytes, as RFC 9110 has it in section 14.
     *
     * @param first the offset of the first byte; -1 for the {@code last} bytes of the file
     * @param last the offset of the last byte; {@link Long#MAX_VALUE} for the end of the file
     */
    public record Range(long first, long last) {}

    /** The number in the path of a route that has one. */
    public int number() {
        return numbers.get(0);
    }

    /**
     * A text of the body.
     *
     * @param longest in characters
     * @throws Refusal if there is none, or it is something else or longer
     */
    public String text(String name, int longest) throws Refusal {
        Object value = body.fields().get(name);
        if (value instanceof String text && text.length() <= longest) {
            return text;
        }
        throw new Refusal(400, "'" + name + "' must be a text of at most " + longest + " characters.");
    }

    /**
     * A whole number of the body.
     *
     * @throws Refusal if there is none
     */
    public int whole(String name) throws Refusal {
        if (body.fields().get(name) instanceof Integer number) {
            return number;
        }
        throw new Refusal(400, "'" + name + "' must be a whole number.");
    }
}
