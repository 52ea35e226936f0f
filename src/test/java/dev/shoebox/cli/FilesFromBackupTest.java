package dev.shoebox.cli;

import dev.shoebox.phonebackup.Backups;
import dev.shoebox.phonebackup.MadeBackup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Files that the cable does not show are copied from a local backup, with the same proofs. */
class FilesFromBackupTest {
    private static final String FILES = "AppDomainGroup-group.com.apple.FileProvider.LocalStorage";
    private static final String MEMOS = "AppDomainGroup-group.com.apple.VoiceMemos.shared";
    private static final String NOTES = "AppDomainGroup-group.com.apple.notes";
    private static final String WHATSAPP = "AppDomainGroup-group.net.whatsapp.WhatsApp.shared";
    private static final String SKETCHES = "AppDomain-org.example.Sketches";

    /** Files that belong to iOS, or to an app alone. */
    private static final int KEPT_BY_IOS = 7;

    @TempDir
    private Path home;

    private Shell shell;
    private Path backup;
    private MadeBackup phone;

    @BeforeEach
    void prepare() {
        shell = new Shell(home);
        backup = home.resolve("kept");
        phone = new MadeBackup(home.resolve("MobileSync"));
        phone.photo("DCIM/100APPLE/IMG_0001.JPG", Backups.jpeg("photo"));
        put(FILES, "File Provider Storage/Downloads/contract.pdf", "contract");
        put(FILES, "File Provider Storage/.Trash/old.pdf", "trash");
        put(FILES, "Library/Preferences/x.plist", "no");
        put(MEMOS, "Recordings/20240501 101112.m4a", "memo");
        put(MEMOS, "Recordings/CloudRecordings.db", "no");
        put("MediaDomain", "Media/Recordings/older.m4a", "older memo");
        put("MediaDomain", "Library/SMS/Attachments/a1/01/4F2A/IMG_1.heic", "sent to me");
        put("HomeDomain", "Library/SMS/sms.db", "messages");
        put("HomeDomain", "Library/Preferences/com.apple.x.plist", "no");
        put(NOTES, "NoteStore.sqlite", "notes");
        put(NOTES, "Accounts/LocalAccount/Media/B2/scan.jpg", "scan");
        put(NOTES, "Accounts/LocalAccount/Media/B2/song.band/Media/Previews/a.aif", "sung");
        put(NOTES, "Accounts/LocalAccount/Previews/B2.png", "no");
        put(SKETCHES, "Documents/Plans/house.pdf", "house");
        put(SKETCHES, "Library/Caches/c.bin", "no");
        put(WHATSAPP, "Message/Media/1/a.jpg", "from a friend");
        put(WHATSAPP, "Library/Preferences/w.plist", "no");
        put("KeychainDomain", "keychain-backup.plist", "no");
    }

    private void put(String domain, String path, String content) {
        phone.file(domain, path, content.getBytes(StandardCharsets.UTF_8));
    }

    private Map<String, String> stored() throws IOException {
        Map<String, String> stored = new TreeMap<>();
        Path files = backup.resolve("Files");
        try (Stream<Path> all = Files.walk(files)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                stored.put(files.relativize(file).toString().replace('\\', '/'), Files.readString(file));
            }
        }
        return stored;
    }

    private static Map<String, String> all() {
        Map<String, String> all = new TreeMap<>();
        all.put("On My iPhone/Downloads/contract.pdf", "contract");
        all.put("Recordings/20240501 101112.m4a", "memo");
        all.put("Recordings/older.m4a", "older memo");
        all.put("Messages/Attachments/a1/01/4F2A/IMG_1.heic", "sent to me");
        all.put("Messages/sms.db", "messages");
        all.put("Notes/NoteStore.sqlite", "notes");
        all.put("Notes/Accounts/LocalAccount/Media/B2/scan.jpg", "scan");
        all.put("Notes/Accounts/LocalAccount/Media/B2/song.band/Media/Previews/a.aif", "sung");
        all.put("Apps/org.example.Sketches/Plans/house.pdf", "house");
        all.put("Apps/group.net.whatsapp.WhatsApp.shared/Message/Media/1/a.jpg", "from a friend");
        return all;
    }

    private Map<String, Object> summary() throws IOException {
        return shell.events("summary").get(0);
    }

    @Test
    void itIsBackedUpOnceAndNeverCountsAsAPhoto() throws IOException {
        Path from = phone.write();
        Map<String, String> before = Backups.state(from);
        assertEquals(0, shell.shoebox("files", "--json", "--from", from, backup), () -> shell.err() + shell.out());
        assertEquals(all(), stored());
        assertEquals(KEPT_BY_IOS, summary().get("systemFiles"));
        assertEquals(0, shell.shoebox("files", "--json", "--from", from, backup), shell::err);
        assertEquals(0, summary().get("copied"));
        assertEquals(all().size(), summary().get("alreadyBackedUp"));
        assertEquals(0, shell.shoebox("verify", backup), shell::err);
        assertEquals(before, Backups.state(from));

        assertEquals(0, shell.shoebox("status", "--json", backup), shell::err);
        assertEquals("backup-files", shell.events("source").get(0).get("kind"));
    }

    @Test
    void filesOfAnEncryptedBackupNeedItsPassword() throws IOException {
        Path from = phone.encryptedWith("sesame").write();
        assertEquals(12, shell.shoebox("files", "--from", from, backup));
        Path secret = Files.writeString(home.resolve("secret"), "sesame\n");
        assertEquals(0, shell.shoebox("files", "--from", from, "--password-file", secret, backup), shell::err);
        assertEquals(all(), stored());
    }

    @Test
    void kindsAndAppsAreChosen() throws IOException {
        Path from = phone.write();
        assertEquals(0, shell.shoebox("files", "--json", "--from", from, "--kind", "on-my-iphone,notes"), shell::err);
        assertEquals(
                Map.of("on-my-iphone", 1, "notes", 3),
                shell.events("files").stream()
                        .collect(Collectors.toMap(each -> each.get("kind"), each -> each.get("files"))));
        assertEquals(0, shell.shoebox("files", "--from", from, "--app", "org.example.Sketches", backup), shell::err);
        assertEquals(Map.of("Apps/org.example.Sketches/Plans/house.pdf", "house"), stored());
        assertEquals(2, shell.shoebox("files", "--from", from, "--app", "org.example.Bank", backup));
        assertEquals(0, shell.shoebox("files", "--from", from, "--app", "net.whatsapp.WhatsApp", backup), shell::err);
        assertEquals(
                "from a friend",
                stored().get("Apps/group.net.whatsapp.WhatsApp.shared/Message/Media/1/a.jpg"),
                "what an app keeps in its group is its own");
        assertEquals(2, shell.shoebox("files", "--kind", "notes", backup), "not over the cable");
    }

    @Test
    void aFileWithMissingContentIsNamedAndTheOthersAreCopied() throws IOException {
        phone.file(SKETCHES, "Documents/gone.pdf", new byte[] {1}).absent();
        phone.file(SKETCHES, "Documents/../../up.pdf", new byte[] {1});
        Path from = phone.write();
        assertEquals(3, shell.shoebox("files", "--json", "--from", from, backup), () -> shell.err() + shell.out());
        assertEquals(2, summary().get("failed"));
        assertEquals(all(), stored());
        String gone = "AppDomain-org.example.Sketches/Documents/gone.pdf";
        assertEquals(2, shell.err().split(Pattern.quote(gone), -1).length, shell::err);
    }

    @Test
    void noBackupIsRefusedAndNoneIsMadeWithinItsSource() throws IOException {
        Path from = phone.write();
        assertEquals(2, shell.shoebox("files", "--from", from, from.resolve("kept")));
        assertFalse(Files.exists(from.resolve("kept")));
        Path empty = Files.createDirectories(home.resolve("empty"));
        assertEquals(2, shell.shoebox("files", "--from", empty, backup));
        assertTrue(shell.err().contains("Manifest.db"));
    }
}
