package dev.shoebox.web.server;

import dev.shoebox.json.JsonObject;

import java.util.List;

/**
 * A request that passed every check.
 *
 * @param numbers the numbers in the path, in the order of the placeholders of its route; each 0 to 999,999,999
 * @param body the body of a POST; empty for others
 * @param language the value of {@code Accept-Language}; empty if absent
 */
public record Request(List<Integer> numbers, JsonObject body, String language) {
    /** Returns the number in the path of a route with one placeholder. */
    public int number() {
        return numbers.get(0);
    }

    /**
     * Returns a string from the body.
     *
     * @param longest the maximum length in characters
     * @throws Refusal if it is absent, too long, or not a string
     */
    public String text(String name, int longest) throws Refusal {
        Object value = body.fields().get(name);
        if (value instanceof String text && text.length() <= longest) {
            return text;
        }
        throw new Refusal(400, "'" + name + "' must be a text of at most " + longest + " characters.");
    }

    /**
     * Returns an integer from the body.
     *
     * @throws Refusal if it is absent
     */
    public int whole(String name) throws Refusal {
        if (body.fields().get(name) instanceof Integer number) {
            return number;
        }
        throw new Refusal(400, "'" + name + "' must be a whole number.");
    }
}
