package dev.shoebox.cli;

import org.junit.jupiter.api.Test;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The libraries in {@code shoebox.jar}, the systems that they support, and their licences. */
class JarIT {
    private static final Path JAR = Path.of("target/shoebox.jar");

    /** The folders of native libraries whose names identify a system. */
    private static final Set<String> SYSTEMS = Set.of(
            "com/sun/jna/darwin-aarch64",
            "com/sun/jna/darwin-x86-64",
            "com/sun/jna/linux-aarch64",
            "com/sun/jna/linux-x86-64",
            "com/sun/jna/win32-aarch64",
            "com/sun/jna/win32-x86-64",
            "org/jline/nativ/Linux-musl/arm64",
            "org/jline/nativ/Linux-musl/x86_64",
            "org/jline/nativ/Linux/arm64",
            "org/jline/nativ/Linux/x86_64",
            "org/jline/nativ/Mac/arm64",
            "org/jline/nativ/Mac/x86_64",
            "org/jline/nativ/Windows/arm64",
            "org/jline/nativ/Windows/x86_64",
            "org/sqlite/native/Linux-Musl/aarch64",
            "org/sqlite/native/Linux-Musl/x86_64",
            "org/sqlite/native/Linux/aarch64",
            "org/sqlite/native/Linux/x86_64",
            "org/sqlite/native/Mac/aarch64",
            "org/sqlite/native/Mac/x86_64",
            "org/sqlite/native/Windows/aarch64",
            "org/sqlite/native/Windows/x86_64");

    @Test
    void carriesNativePartsForLinuxMacOsAndWindowsOnX64AndArm64Alone() throws IOException {
        Set<String> found = new TreeSet<>();
        try (JarFile jar = new JarFile(JAR.toFile())) {
            jar.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.matches(".*\\.(so|a|dll|dylib|jnilib)"))
                    .forEach(name -> found.add(name.substring(0, name.lastIndexOf('/'))));
        }

        assertEquals(new TreeSet<>(SYSTEMS), found);
    }

    @Test
    void carriesEveryLicenceAndNoticeOfTheLibrariesInIt() throws IOException {
        try (JarFile shoebox = new JarFile(JAR.toFile())) {
            Set<String> texts = texts(shoebox);
            for (Path library : librariesInIt(shoebox)) {
                try (JarFile jar = new JarFile(library.toFile())) {
                    for (String text : texts(jar)) {
                        assertTrue(
                                texts.contains(text),
                                "a text of " + library.getFileName() + " is not in the jar: "
                                        + text.lines().limit(3).collect(Collectors.joining(" / ")));
                    }
                }
            }
            for (String known : List.of("jline", "dd-plist", "antlr", "libffi")) {
                assertTrue(shoebox.getEntry("META-INF/licenses/" + known + "/LICENSE") != null, known);
            }
            assertEquals(Files.readString(Path.of("LICENSE")), read(shoebox, "META-INF/LICENSE"));
        }
    }

    @Test
    void noticeNamesEveryLibraryInIt() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            String notice = read(jar, "META-INF/NOTICE");
            for (Path library : librariesInIt(jar)) {
                String name = library.getFileName().toString().replaceFirst("-[0-9.]+\\.jar", "");
                assertTrue(notice.matches("(?s).*\\b" + name + "[ ,].*"), name);
            }
        }
    }

    @Test
    void everyServiceThatALibraryNamesIsNamedInIt() throws IOException {
        try (JarFile shoebox = new JarFile(JAR.toFile())) {
            for (Path library : librariesInIt(shoebox)) {
                try (JarFile jar = new JarFile(library.toFile())) {
                    for (ZipEntry entry : jar.stream()
                            .filter(entry -> entry.getName().matches("META-INF/services/.+"))
                            .toList()) {
                        assertEquals(
                                read(jar, entry.getName()).strip(),
                                read(shoebox, entry.getName()).strip());
                    }
                }
            }
        }
    }

    @Test
    void noEntryRevealsWhenOrWhereItWasBuilt() throws IOException {
        long built = Files.getLastModifiedTime(Path.of("target/classes")).toMillis();
        try (JarFile jar = new JarFile(JAR.toFile())) {
            jar.stream().forEach(entry -> assertTrue(entry.getTime() < built - 60_000, entry.getName()));
            String manifest = read(jar, "META-INF/MANIFEST.MF");
            assertFalse(manifest.contains("Built-By"), manifest);
            assertFalse(manifest.contains("Build-Jdk:"), manifest);
        }
    }

    /** The jars of the class path whose first class is in the jar; the others belong to the tests. */
    private static List<Path> librariesInIt(JarFile shoebox) {
        List<Path> libraries = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> path.getFileName().toString().endsWith(".jar"))
                .filter(path -> {
                    try (JarFile jar = new JarFile(path.toFile())) {
                        return jar.stream()
                                .map(ZipEntry::getName)
                                .filter(name -> name.endsWith(".class") && !name.contains("module-info"))
                                .findFirst()
                                .map(name -> shoebox.getEntry(name) != null)
                                .orElse(false);
                    } catch (IOException unreadable) {
                        throw new java.io.UncheckedIOException(unreadable);
                    }
                })
                .filter(path -> !path.getFileName().toString().startsWith("shoebox"))
                .toList();
        assertTrue(libraries.size() > 10, libraries.toString());
        return libraries;
    }

    private static Set<String> texts(JarFile jar) throws IOException {
        Set<String> texts = new TreeSet<>();
        for (ZipEntry entry : jar.stream()
                .filter(entry ->
                        entry.getName().matches("META-INF/(.*/)?([^/]*LICENSE[^/]*|NOTICE[^/]*|AL2\\.0|LGPL2\\.1)"))
                .toList()) {
            texts.add(read(jar, entry.getName()));
        }
        return texts;
    }

    private static String read(JarFile jar, String name) throws IOException {
        try (InputStream content = jar.getInputStream(jar.getEntry(name))) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
