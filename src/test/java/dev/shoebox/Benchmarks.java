package dev.shoebox;

import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.util.Statistics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Runs JMH benchmarks, all of them or those that JMH's own arguments name, and appends their medians to a file as a
 * table.
 *
 * <p>A method called {@code limit...} measures the least that the work can cost; several limits add up.
 */
final class Benchmarks {
    private Benchmarks() {}

    /** @param arguments the file, then arguments for JMH */
    public static void main(String[] arguments) throws IOException, RunnerException, CommandLineOptionException {
        var options = new CommandLineOptions(
                List.of(arguments).subList(1, arguments.length).toArray(String[]::new));
        List<String> lines = table(new Runner(options).run());
        Files.write(Path.of(arguments[0]), lines, java.nio.file.StandardOpenOption.APPEND);
    }

    private static List<String> table(Collection<RunResult> results) {
        List<String> lines = new ArrayList<>();
        lines.add("| benchmark | median | min-max | unit | x limit |");
        lines.add("|---|---|---|---|---|");
        for (RunResult result : results) {
            Statistics times = result.getPrimaryResult().getStatistics();
            double limit = results.stream()
                    .filter(other ->
                            owner(other).equals(owner(result)) && method(other).startsWith("limit"))
                    .mapToDouble(Benchmarks::median)
                    .sum();
            lines.add("| %s.%s | %s | %s-%s | %s | %s |"
                    .formatted(
                            owner(result).substring(owner(result).lastIndexOf('.') + 1),
                            method(result),
                            number(median(result)),
                            number(times.getMin()),
                            number(times.getMax()),
                            result.getPrimaryResult().getScoreUnit(),
                            limit == 0 ? "" : number(median(result) / limit)));
        }
        return lines;
    }

    private static double median(RunResult result) {
        return result.getPrimaryResult().getStatistics().getPercentile(50);
    }

    private static String owner(RunResult result) {
        String name = result.getParams().getBenchmark();
        return name.substring(0, name.lastIndexOf('.'));
    }

    private static String method(RunResult result) {
        return result.getParams().getBenchmark().substring(owner(result).length() + 1);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%,.0f", value);
    }
}
