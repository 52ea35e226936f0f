package dev.shoebox.run.record;

import dev.shoebox.system.process.Programs;
import dev.shoebox.text.PrintableText;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Shows a notice on the desktop, with the command that the system has for it. Does nothing without a desktop. Texts
 * reach the command as arguments or in its environment, never as part of a script.
 */
public final class DesktopNotices implements Notices {
    private static final String TITLE = "SHOEBOX_NOTICE_TITLE";
    private static final String TEXT = "SHOEBOX_NOTICE_TEXT";

    /** The identity of PowerShell: Windows shows no notice of a program that is not installed. */
    private static final String TOAST = "$m = [Windows.UI.Notifications.ToastNotificationManager,"
            + " Windows.UI.Notifications, ContentType = WindowsRuntime];"
            + " $x = $m::GetTemplateContent([Windows.UI.Notifications.ToastTemplateType]::ToastText02);"
            + " $t = $x.GetElementsByTagName('text');"
            + " $t.Item(0).AppendChild($x.CreateTextNode($env:" + TITLE + ")) > $null;"
            + " $t.Item(1).AppendChild($x.CreateTextNode($env:" + TEXT + ")) > $null;"
            + " $m::CreateToastNotifier('{1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}\\WindowsPowerShell\\v1.0\\powershell.exe')"
            + ".Show([Windows.UI.Notifications.ToastNotification]::new($x))";

    private final Map<String, String> environment;
    private final String system;

    /** @param system the name of the system, as Java gives it */
    public DesktopNotices(Map<String, String> environment, String system) {
        this.environment = environment;
        this.system = system.toLowerCase(Locale.ROOT);
    }

    @Override
    public void tell(String title, String text) {
        String safeTitle = PrintableText.of(title);
        String safeText = PrintableText.of(text);
        if (system.startsWith("windows")) {
            Map<String, String> told = new HashMap<>(environment);
            told.put(TITLE, safeTitle);
            told.put(TEXT, safeText);
            new Programs(told).run(List.of("powershell", "-NoProfile", "-NonInteractive", "-Command", TOAST));
        } else if (system.startsWith("mac")) {
            new Programs(environment)
                    .run(List.of(
                            "osascript",
                            "-e",
                            "on run argv",
                            "-e",
                            "display notification (item 2 of argv) with title (item 1 of argv)",
                            "-e",
                            "end run",
                            safeTitle,
                            safeText));
        } else if (hasDesktop()) {
            new Programs(environment)
                    .run(List.of("notify-send", "--app-name=Shoebox", "--", safeTitle, withoutMarkup(safeText)));
        }
    }

    /** Without a session bus, notify-send waits for one to appear. */
    private boolean hasDesktop() {
        String folder = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        return !environment.getOrDefault("DBUS_SESSION_BUS_ADDRESS", "").isEmpty()
                || (!folder.isEmpty() && Files.exists(Path.of(folder, "bus")));
    }

    /** Escapes the text, which desktops may read as markup. */
    private static String withoutMarkup(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
