package dev.shoebox.destination.tidy;

import dev.shoebox.destination.ingest.Publisher;
import dev.shoebox.destination.opening.DestinationOpener;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.destination.records.FileCursor;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.destination.records.Kept;
import dev.shoebox.destination.records.Manifest;

import java.io.IOException;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Forgets files that the user deleted on purpose. A crash leaves at worst a line of {@code SHA256SUMS} without a file,
 * which the next reconciliation removes.
 */
public final class Forgetting {
    private static final Pattern CONTENT = Pattern.compile("[0-9a-fA-F]{64}");

    /** The number of files of sources in one line of the journal. */
    private static final int ORIGINS = 500;

    private final DestinationOpener.Opened opened;
    private final Catalogue catalogue;
    private final Map<String, Kept> lost = new HashMap<>();

    /** @param lost files that are not at their recorded paths */
    public Forgetting(DestinationOpener.Opened opened, List<Kept> lost) {
        this.opened = opened;
        this.catalogue = opened.catalogue();
        lost.forEach(each -> this.lost.put(each.path(), each));
    }

    /**
     * @param gone forgotten files
     * @param there paths of files that still exist, and stay in the backup
     * @param before paths of files that were forgotten before
     * @param unknown arguments that name no present or former file
     */
    public record Result(List<Kept> gone, List<String> there, List<String> before, List<String> unknown) {}

    private static boolean matches(String chosen, String path, String sha256) {
        if (CONTENT.matcher(chosen).matches()) {
            return sha256.equals(chosen.toLowerCase(Locale.ROOT));
        }
        String wanted = Normalizer.normalize(chosen, Normalizer.Form.NFC);
        String known = Normalizer.normalize(path, Normalizer.Form.NFC);
        return wanted.isEmpty() || known.equals(wanted) || known.startsWith(wanted + "/");
    }

    public Result choose(List<String> chosen) throws IOException {
        Map<String, Kept> gone = new LinkedHashMap<>();
        Set<String> there = new LinkedHashSet<>();
        Set<String> before = new LinkedHashSet<>();
        Set<String> found = new HashSet<>();
        for (Kept kept : recorded()) {
            for (String each : chosen) {
                if (matches(each, kept.path(), kept.sha256())) {
                    found.add(each);
                    if (lost.containsKey(kept.path())
                            && opened.disk().look(kept.path()).isEmpty()) {
                        gone.put(kept.path(), kept);
                    } else {
                        there.add(kept.path());
                    }
                }
            }
        }
        for (Map.Entry<String, String> each : catalogue.forgotten().entrySet()) {
            for (String name : chosen) {
                if (matches(name, each.getValue(), each.getKey())) {
                    found.add(name);
                    before.add(each.getValue());
                }
            }
        }
        return new Result(
                List.copyOf(gone.values()),
                List.copyOf(there),
                List.copyOf(before),
                chosen.stream().filter(name -> !found.contains(name)).toList());
    }

    private List<Kept> recorded() throws IOException {
        List<Kept> all = new ArrayList<>();
        for (FileCursor rows = catalogue.files(); rows.next(); ) {
            all.add(rows.file());
        }
        lost.values().stream().filter(each -> each.id() == 0).forEach(all::add);
        return all;
    }

    public void record(List<Kept> gone, Instant now) throws IOException {
        List<Journal.Event> events = new ArrayList<>();
        for (Kept file : gone) {
            List<Journal.Origin> origins = catalogue.origins(file.path()).stream()
                    .map(entry -> new Journal.Origin(entry.source(), entry.file()))
                    .toList();
            int from = 0;
            do {
                int to = Math.min(origins.size(), from + ORIGINS);
                events.add(new Journal.Forgotten(
                        now, file.path(), file.sha256(), Math.max(0, file.size()), origins.subList(from, to)));
                from = to;
            } while (from < origins.size());
        }
        append(events);
    }

    /** Returns the lines of {@code SHA256SUMS} that list forgotten files. */
    public Set<Manifest> lines(List<Kept> gone) {
        Set<Manifest> lines = new HashSet<>();
        gone.forEach(each -> lines.add(new Manifest(each.sha256(), each.path())));
        return lines;
    }

    public List<String> wantAgain(List<String> chosen) throws IOException {
        List<String> contents = new ArrayList<>();
        List<String> paths = new ArrayList<>();
        for (Map.Entry<String, String> each : catalogue.forgotten().entrySet()) {
            if (chosen.stream().anyMatch(name -> matches(name, each.getValue(), each.getKey()))) {
                contents.add(each.getKey());
                paths.add(each.getValue());
            }
        }
        List<Journal.Event> events = new ArrayList<>();
        for (int from = 0; from < contents.size(); from += ORIGINS) {
            events.add(new Journal.Wanted(contents.subList(from, Math.min(contents.size(), from + ORIGINS))));
        }
        append(events);
        return paths;
    }

    private void append(List<Journal.Event> events) throws IOException {
        if (events.isEmpty()) {
            return;
        }
        Publisher.Writing writing = opened.writing().orElseThrow();
        writing.lock().requireHeld();
        boolean settled = catalogue.end(Journal.FILE) == writing.journal().length();
        writing.journal().append(events.stream().map(Journal::line).toList());
        if (writing.abilities().forces()) {
            writing.journal().force();
        }
        catalogue.transaction(() -> {
            for (Journal.Event event : events) {
                catalogue.add(event);
            }
            if (settled) {
                catalogue.setPosition(Journal.LINES, writing.journal().position());
            }
        });
    }
}
