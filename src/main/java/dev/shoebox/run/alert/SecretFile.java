package dev.shoebox.run.alert;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A file with secrets that must not appear in a configuration or on a command line: lines {@code name = value}, and
 * comments with {@code #}. Only its owner may read it.
 */
record SecretFile(Path file, Map<String, String> values) {
    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private static final long LARGEST = 1 << 16;

    static SecretFile read(Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
            throw new IOException(file + " is not a file");
        }
        var permissions = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (permissions != null
                && permissions.readAttributes().permissions().stream().anyMatch(OTHERS::contains)) {
            throw new IOException(file + " holds a secret and other users can read it. Run: chmod 600 " + file);
        }
        Map<String, String> values = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            int equals = line.indexOf('=');
            if (!line.isBlank() && !line.strip().startsWith("#")) {
                if (equals < 0) {
                    throw new IOException(file + " has a line that is not 'name = value'");
                }
                values.put(
                        line.substring(0, equals).strip(),
                        line.substring(equals + 1).strip());
            }
        }
        return new SecretFile(file, values);
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }

    String require(String name) throws IOException {
        return find(name).orElseThrow(() -> new IOException(file + " does not set '" + name + " = ...'"));
    }
}
