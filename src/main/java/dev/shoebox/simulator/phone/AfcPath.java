package dev.shoebox.simulator.phone;

import java.util.ArrayDeque;
import java.util.Deque;

/** Paths as AFC knows them. */
final class AfcPath {
    private AfcPath() {}

    /** Without empty parts, {@code .} and {@code ..}, and never above the root. */
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
