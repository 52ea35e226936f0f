package dev.shoebox.phonebackup;

import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.MediaSourceContract;
import dev.shoebox.photos.source.Scope;
import dev.shoebox.photos.source.SourceId;
import org.junit.jupiter.api.Nested;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

class PhoneBackupContractTest {
    @Nested
    class OfABackup extends MediaSourceContract {
        @Override
        protected SourceId.Kind kind() {
            return SourceId.Kind.PHONE_BACKUP;
        }

        @Override
        protected MediaSource open(Map<String, byte[]> files) throws IOException {
            MadeBackup backup = new MadeBackup(folder);
            files.forEach(backup::photo);
            return PhoneBackup.of(backup.write()).open(Scope.USUAL, Backups.PLAIN);
        }
    }

    @Nested
    class OfOtherFilesInABackup extends MediaSourceContract {
        private static final String DOMAIN = "AppDomain-org.example.Sketches";

        @Override
        protected SourceId.Kind kind() {
            return SourceId.Kind.BACKUP_FILES;
        }

        @Override
        protected String place() {
            return DOMAIN + "/Documents/";
        }

        @Override
        protected MediaSource open(Map<String, byte[]> files) throws IOException {
            MadeBackup backup = new MadeBackup(folder);
            files.forEach((path, content) -> backup.file(DOMAIN, path.substring(DOMAIN.length() + 1), content));
            return PhoneBackup.of(backup.write()).others((domain, path) -> Optional.empty(), Backups.PLAIN);
        }
    }

    @Nested
    class OfAnEncryptedBackup extends MediaSourceContract {
        @Override
        protected SourceId.Kind kind() {
            return SourceId.Kind.PHONE_BACKUP;
        }

        @Override
        protected MediaSource open(Map<String, byte[]> files) throws IOException {
            MadeBackup backup = new MadeBackup(folder).encrypted(new Encryption("password", 10, 10));
            files.forEach(backup::photo);
            return PhoneBackup.of(backup.write())
                    .open(Scope.USUAL, keybag -> keybag.unlock("password".getBytes(StandardCharsets.UTF_8))
                            .orElseThrow());
        }
    }
}
