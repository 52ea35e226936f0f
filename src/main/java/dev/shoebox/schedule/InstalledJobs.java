package dev.shoebox.schedule;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** The list of installed files, one on each line, so that nothing else is ever removed. */
public final class InstalledJobs {
    private final Path list;

    /** @param list the file, which need not exist */
    public InstalledJobs(Path list) {
        this.list = list;
    }

    /**
     * One installed file.
     *
     * @param job the name of the job in the system's scheduler
     */
    public record Entry(String job, Path path) {}

    public List<Entry> entries() throws IOException {
        List<Entry> entries = new ArrayList<>();
        if (Files.exists(list)) {
            for (String line : Files.readAllLines(list)) {
                int tab = line.indexOf('\t');
                try {
                    if (tab > 0 && Path.of(line.substring(tab + 1)).isAbsolute()) {
                        entries.add(new Entry(line.substring(0, tab), Path.of(line.substring(tab + 1))));
                    }
                } catch (InvalidPathException torn) {
                    // A line that a crash cut short names nothing.
                }
            }
        }
        return entries;
    }

    /** Adds a file before it is written: an entry without a file does no harm. */
    void add(Entry entry) throws IOException {
        if (entry.path().toString().matches("(?s).*[\\n\\r].*")) {
            throw new ScheduleException("A path that contains a line break cannot be scheduled: " + entry.path());
        }
        if (!entries().contains(entry)) {
            Files.createDirectories(list.getParent());
            Files.writeString(
                    list,
                    entry.job() + "\t" + entry.path() + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }

    void remove(Entry entry) throws IOException {
        StringBuilder rest = new StringBuilder();
        for (Entry other : entries()) {
            if (!other.equals(entry)) {
                rest.append(other.job()).append('\t').append(other.path()).append('\n');
            }
        }
        Files.writeString(list, rest.toString());
    }
}
