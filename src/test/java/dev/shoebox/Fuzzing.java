package dev.shoebox;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The fuzz targets: every class called {@code ...Fuzz}, beside the parser that it feeds. It has a public static {@code
 * fuzzerTestOneInput(byte[])}, the name that Jazzer expects, which throws only for a defect, and a static {@code
 * seeds()} of valid inputs. Further inputs that fuzzing found are in {@code src/test/resources/fuzz}.
 */
public final class Fuzzing {
    private static final String ENDING = "Fuzz.class";
    private static final Path KEPT = Path.of("src", "test", "resources", "fuzz");

    private Fuzzing() {}

    /** One parser; its name is that of the class without {@code Fuzz}. */
    record Target(String name, Class<?> type) {
        void feed(byte[] bytes) {
            call("fuzzerTestOneInput", bytes);
        }

        List<byte[]> seeds() {
            return ((List<?>) call("seeds")).stream().map(byte[].class::cast).toList();
        }

        /** The inputs that fuzzing found, always in the same order. */
        List<byte[]> kept() throws IOException {
            List<byte[]> kept = new ArrayList<>();
            Path folder = KEPT.resolve(name);
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    for (Path file : files.sorted().toList()) {
                        kept.add(Files.readAllBytes(file));
                    }
                }
            }
            return kept;
        }

        private Object call(String name, Object... arguments) {
            try {
                for (Method method : type.getDeclaredMethods()) {
                    if (method.getName().equals(name)) {
                        method.setAccessible(true);
                        return method.invoke(null, arguments);
                    }
                }
                throw new AssertionError(type + " has no " + name);
            } catch (InvocationTargetException thrown) {
                if (thrown.getCause() instanceof Error error) {
                    throw error;
                }
                throw new IllegalStateException(thrown.getCause());
            } catch (IllegalAccessException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Target> targets() throws Exception {
        Path classes = Path.of(Fuzzing.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<Target> targets = new ArrayList<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(file -> file.toString().endsWith(ENDING))
                    .sorted()
                    .toList()) {
                String path = classes.relativize(file).toString();
                String type = path.substring(0, path.length() - ".class".length())
                        .replace(file.getFileSystem().getSeparator(), ".");
                String name = file.getFileName().toString();
                targets.add(new Target(name.substring(0, name.length() - ENDING.length()), Class.forName(type)));
            }
        }
        return targets;
    }

    /** For {@code scripts/fuzz}: writes the seeds of each target to a folder with its name, and prints its class. */
    public static void main(String[] folder) throws Exception {
        for (Target target : targets()) {
            Path seeds = Files.createDirectories(Path.of(folder[0], target.name()));
            int number = 0;
            for (byte[] seed : target.seeds()) {
                Files.write(seeds.resolve("seed-" + ++number), seed);
            }
            System.out.println(target.name() + " " + target.type().getName());
        }
    }
}
