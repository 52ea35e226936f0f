package dev.shoebox.destination;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The state that a run of the model leaves: photos with their content, sorted manifest, catalogue. */
record Remains(Map<String, String> photos, List<String> manifest, List<String> catalogued) {
    /** How the actual state differs from this one, which was expected. */
    String difference(Remains is) {
        var lines = new ArrayList<String>();
        compare(lines, "photo ", photos.keySet(), is.photos().keySet());
        compare(lines, "manifest ", manifest, is.manifest());
        compare(lines, "catalogue ", catalogued, is.catalogued());
        return lines.isEmpty() ? "other content" : String.join("; ", lines);
    }

    private static void compare(List<String> lines, String what, Collection<String> expected, Collection<String> is) {
        expected.stream().filter(each -> !is.contains(each)).forEach(each -> lines.add("no " + what + each));
        is.stream().filter(each -> !expected.contains(each)).forEach(each -> lines.add("too much: " + what + each));
        if (lines.isEmpty() && expected.size() != is.size()) {
            lines.add(what + "twice");
        }
    }
}
