package dev.shoebox.device.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How to install a program on a Linux distribution. Source of its name: os-release(5). */
public enum LinuxPackages {
    APT("sudo apt install ", "sudo systemctl start usbmuxd", "debian", "ubuntu"),
    DNF("sudo dnf install ", "sudo systemctl start usbmuxd", "fedora", "rhel", "centos"),
    PACMAN("sudo pacman -S ", "sudo systemctl start usbmuxd", "arch"),
    ZYPPER("sudo zypper install ", "sudo systemctl start usbmuxd", "suse", "opensuse"),
    APK("sudo apk add ", "sudo rc-service usbmuxd start", "alpine"),
    NIX("", "services.usbmuxd.enable = true;", "nixos"),
    UNKNOWN("", "sudo systemctl start usbmuxd", "unknown");

    private static final Path OS_RELEASE = Path.of("/etc/os-release");

    private final String command;
    private final String start;
    /** A pattern of the names of these distributions. */
    private final String systems;

    LinuxPackages(String command, String start, String... systems) {
        this.command = command;
        this.start = start;
        this.systems = "(" + String.join("|", systems) + ")(-.*)?";
    }

    /** Returns those of this computer. */
    public static LinuxPackages here() {
        return of(OS_RELEASE);
    }

    /** @param osRelease a file in which {@code ID} counts before {@code ID_LIKE} */
    static LinuxPackages of(Path osRelease) {
        try {
            List<String> lines = Files.readAllLines(osRelease);
            return named(lines, "ID=").or(() -> named(lines, "ID_LIKE=")).orElse(UNKNOWN);
        } catch (IOException | RuntimeException none) {
            return UNKNOWN;
        }
    }

    private static Optional<LinuxPackages> named(List<String> lines, String key) {
        return lines.stream()
                .filter(line -> line.startsWith(key))
                .flatMap(line -> Arrays.stream(
                        line.substring(key.length()).replaceAll("[\"']", "").split("\\s+")))
                .flatMap(name -> Arrays.stream(values()).filter(each -> name.matches(each.systems)))
                .findFirst();
    }

    /** Returns what to do for the daemon that lists iPhones; follows "install it". */
    public String daemon() {
        return this == NIX
                ? "put '" + start + "' into configuration.nix"
                : "install it (" + (this == UNKNOWN ? "the package usbmuxd" : command + "usbmuxd") + ") or start it ("
                        + start + ")";
    }

    /** Returns what to do for libimobiledevice. */
    public String library() {
        return switch (this) {
            // The tools depend on the library, whose package has another name in each Debian.
            case APT -> "Install it with: " + command + "libimobiledevice-utils usbmuxd";
            case DNF, PACMAN, ZYPPER, APK -> "Install it with: " + command + "libimobiledevice usbmuxd";
            case NIX ->
                "Install pkgs.libimobiledevice and set its folder:"
                        + " JAVA_TOOL_OPTIONS=-Djna.library.path=/nix/store/.../lib (a schedule passes that on)";
            case UNKNOWN -> "Install libimobiledevice and usbmuxd with your package manager";
        };
    }
}
