package dev.shoebox.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.shoebox.simulator.LaidOut;
import dev.shoebox.simulator.cloud.CloudPhone;
import dev.shoebox.simulator.cloud.CloudSituation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The answer of {@code shoebox icloud} to records that agree, contradict each other, or have an unexpected type. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ICloudNotesTest extends ICloudNotesCase {
    @ParameterizedTest
    @MethodSource("phones")
    void theCauseIsTheFirstOfTheTableAndTheOthersFollow(Phone phone) throws IOException {
        LaidOut.in(media, CloudPhone.small(CloudSituation.named(phone.library()).orElseThrow(), NOW));
        phone.change().to(this);
        Path file = media.resolve("PhotoData/CPL/syncstatus.plist");
        write("CPL/syncstatus.plist", status.isEmpty() ? List.of("no", "dictionary") : status);
        Files.setLastModifiedTime(file, FileTime.from(written));
        Shell.Ended run = Shell.once(home, "icloud", "--json", "--from", media);
        Map<String, Object> answer = JSON.std.mapFrom(run.words()
                .lines()
                .filter(line -> line.startsWith("{"))
                .findFirst()
                .orElseThrow());
        assertEquals(phone.cause(), answer.get("cause"), run.words());
        assertEquals(phone.also(), answer.get("also"), run.words());
        assertFalse(String.valueOf(answer.get("recordedAt")).startsWith("1970"));
        assertFalse(String.valueOf(answer.get("inICloud")).contains("photos=0"), answer.toString());
        assertEquals(phone.cause().equals("none") ? 0 : phone.cause().equals("unreadable") ? 6 : 3, run.code());
    }

    @Test
    void waitingPhotosAreUnknownIfTheLibraryDoesNotRecordUploads() throws IOException, SQLException {
        LaidOut.in(media, CloudPhone.small(CloudSituation.named("none").orElseThrow(), NOW));
        write("CPL/syncstatus.plist", status);
        remove("CPL/storage/store.cloudphotodb");
        remove("CPL/storage/store.cloudphotodb-wal");
        try (Connection library =
                        DriverManager.getConnection("jdbc:sqlite:" + media.resolve("PhotoData/Photos.sqlite"));
                Statement statement = library.createStatement()) {
            statement.execute("DROP TABLE ZCLOUDMASTER");
            statement.execute("ALTER TABLE ZASSET DROP COLUMN ZCLOUDLOCALSTATE");
        }
        Shell.Ended run = Shell.once(home, "icloud", "--json", "--from", media);
        Map<String, Object> answer = JSON.std.mapFrom(run.words()
                .lines()
                .filter(line -> line.startsWith("{"))
                .findFirst()
                .orElseThrow());
        assertEquals("none", answer.get("cause"), run.words());
        assertEquals(Map.of(), answer.get("waiting"), run.words());
        assertTrue(answer.get("onPhone").toString().contains("photos=40"), run.words());
    }
}
