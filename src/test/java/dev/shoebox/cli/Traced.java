package dev.shoebox.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The log of {@code strace -f -y}, limited to calls below one folder. */
record Traced(Path log, Path below) {
    /** The calls that a failing disk may refuse: those by which a run changes it or learns that it was changed. */
    static final String CALLS = "openat,write,pwrite64,fsync,fdatasync,ftruncate,close,link,linkat,unlink,unlinkat,"
            + "rename,renameat,renameat2,mkdir,mkdirat,utimensat,fchmod,fchmodat,chmod";

    private static final Pattern LINE = Pattern.compile("(\\d+) +(\\w+)\\((.*)");
    private static final Pattern PARTIAL = Pattern.compile("(/staging/)\\w+?(-\\d+\\.part)$");

    /**
     * One call, identified so that it can be found in another run.
     *
     * @param path relative; a partial file is {@code .shoebox/staging/RUN-3.part}
     * @param ordinal counts the calls of this name on this path in its thread, from 1
     */
    record Call(String name, String path, int ordinal) {
        boolean isOfAPartial() {
            return path.endsWith(".part");
        }

        @Override
        public String toString() {
            return name + " " + ordinal + " of '" + path + "'";
        }
    }

    /** Every call on a path below the folder, once, in order. */
    Set<Call> calls() throws IOException {
        Pattern path = Pattern.compile(Pattern.quote(below.toString()) + "(/[^\">]*|(?=[\">]))");
        Map<List<String>, Integer> counts = new HashMap<>();
        Set<Call> calls = new LinkedHashSet<>();
        for (String line : Files.readAllLines(log)) {
            Matcher call = LINE.matcher(line);
            if (!call.lookingAt()) {
                continue;
            }
            Set<String> paths = new LinkedHashSet<>();
            // The arguments of a call; written data may contain anything.
            String given = call.group(3).replaceFirst(" = .*", "");
            Matcher found = path.matcher(
                    call.group(2).equals("write") || call.group(2).startsWith("pwrite")
                            ? given.replaceFirst(",.*", "")
                            : given);
            while (found.find()) {
                paths.add(PARTIAL.matcher(found.group(1)).replaceAll("$1RUN$2"));
            }
            for (String each : paths) {
                int ordinal = counts.merge(List.of(call.group(1), call.group(2), each), 1, Integer::sum);
                calls.add(new Call(call.group(2), each.isEmpty() ? "" : each.substring(1), ordinal));
            }
        }
        return calls;
    }

    /** How many calls were made to fail. */
    long failed() throws IOException {
        return Files.readAllLines(log).stream()
                .filter(line -> line.endsWith("(INJECTED)"))
                .count();
    }
}
