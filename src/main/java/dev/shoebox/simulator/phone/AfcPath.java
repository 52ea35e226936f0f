package dev.shoebox.simulator.phone;

import java.util.ArrayDeque;
import java.util.Deque;

/** Paths in AFC. */
final class AfcPath {
    private AfcPath() {}

    /** Removes empty parts, {@code .} and {@code ..}, and never leaves the root. */
    static String normalized(String path) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.split("/", -1)) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return String.join("/", parts);
    }
}
