package dev.shoebox.system;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The folders in which Shoebox keeps what is its own, as each system wants it. None of them need be there.
 *
 * @param home of the person
 * @param configuration where {@code config.toml} is: {@code $XDG_CONFIG_HOME/shoebox}, {@code ~/.config/shoebox}; on
 *     macOS {@code ~/Library/Application Support/shoebox}, on Windows {@code %APPDATA%\shoebox}
 * @param state where Shoebox remembers what it did: {@code $XDG_STATE_HOME/shoebox}, {@code ~/.local/state/shoebox}; on
 *     macOS as above, on Windows {@code %LOCALAPPDATA%\shoebox}
 * @param cache for what can be made again: {@code $XDG_CACHE_HOME/shoebox}, {@code ~/.cache/shoebox}; on macOS {@code
 *     ~/Library/Caches/shoebox}, on Windows {@code %LOCALAPPDATA%\shoebox\cache}
 */
public record AppDirectories(Path home, Path configuration, Path state, Path cache) {
    private static final String OURS = "shoebox";

    /** Nothing exists below it, and nothing can be created there, not even by root. */
    private static final Path NO_HOME = Path.of("/dev/null");

    /** Returns the directories of this process. */
    public static AppDirectories of(Map<String, String> environment) {
        // Java reports "?" as the home of a user who has none, which would become a folder of that name in the current
        // directory.
        Path home = Path.of(System.getProperty("user.home", ""));
        return of(environment, System.getProperty("os.name", ""), home.isAbsolute() ? home : NO_HOME);
    }

    /**
     * Returns the directories for an environment.
     *
     * @param system the name as Java reports it
     * @param usualHome the home if the environment has none
     */
    public static AppDirectories of(Map<String, String> environment, String system, Path usualHome) {
        Path home = folder(environment, "HOME").orElse(usualHome);
        String family = system.toLowerCase(Locale.ROOT);
        Path configuration;
        Path state;
        Path cache;
        if (family.startsWith("windows")) {
            home = folder(environment, "USERPROFILE").orElse(usualHome);
            configuration = folder(environment, "APPDATA").orElse(home.resolve("AppData/Roaming"));
            state = folder(environment, "LOCALAPPDATA").orElse(home.resolve("AppData/Local"));
            cache = state.resolve(OURS).resolve("cache");
        } else if (family.startsWith("mac")) {
            configuration = home.resolve("Library/Application Support");
            state = configuration;
            cache = home.resolve("Library/Caches").resolve(OURS);
        } else {
            configuration = home.resolve(".config");
            state = home.resolve(".local/state");
            cache = home.resolve(".cache").resolve(OURS);
        }
        return new AppDirectories(
                home,
                folder(environment, "XDG_CONFIG_HOME").orElse(configuration).resolve(OURS),
                folder(environment, "XDG_STATE_HOME").orElse(state).resolve(OURS),
                folder(environment, "XDG_CACHE_HOME")
                        .map(named -> named.resolve(OURS))
                        .orElse(cache));
    }

    /** Returns the path of the configuration file. */
    public Path file() {
        return configuration.resolve("config.toml");
    }

    /** The XDG base directory specification says that relative paths are to be ignored. */
    private static Optional<Path> folder(Map<String, String> environment, String variable) {
        try {
            return Optional.ofNullable(environment.get(variable))
                    .filter(text -> !text.isEmpty())
                    .map(Path::of)
                    .filter(Path::isAbsolute);
        } catch (InvalidPathException none) {
            return Optional.empty();
        }
    }

    /**
     * Returns folders for native code, in order: a user may have no home, or one on a disk that does not allow
     * execution.
     */
    public List<Path> forNativeCode() {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
        return List.of(
                cache().resolve("native"),
                state().resolve("native"),
                temporary.resolve("shoebox-native-" + System.getProperty("user.name", "")));
    }
}
