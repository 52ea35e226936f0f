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

    /** Below it nothing is and nothing can be made, by root either. */
    private static final Path NO_HOME = Path.of("/dev/null");

    /** The places of this process. */
    public static AppDirectories of(Map<String, String> environment) {
        // Java calls the home of a user that has none "?", which would become a folder of that name wherever one is.
        Path home = Path.of(System.getProperty("user.home", ""));
        return of(environment, System.getProperty("os.name", ""), home.isAbsolute() ? home : NO_HOME);
    }

    /**
     * @param system as Java names it
     * @param usualHome where the environment does not say otherwise
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

    /** The configuration file. */
    public Path file() {
        return configuration.resolve("config.toml");
    }

    /** A relative path is to be passed over, says the XDG base directory specification. */
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

    /** Where native code may be put: a user without a home, or with one on a disk that runs no programs, may have one of these. */
    public List<Path> forNativeCode() {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
        return List.of(
                cache().resolve("native"),
                state().resolve("native"),
                temporary.resolve("shoebox-native-" + System.getProperty("user.name", "")));
    }
}
