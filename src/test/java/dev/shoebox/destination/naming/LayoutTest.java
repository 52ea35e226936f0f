package dev.shoebox.destination.naming;

import dev.shoebox.destination.disk.Names;
import dev.shoebox.photos.CaptureTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class LayoutTest {
    private static final String DATES = "%Y %y %C %m %B %b %h %d %e %j %H %I %M %S %p %A %a %u %w %U %W %V %G %F %%";

    private static String place(String layout, String time) {
        Optional<CaptureTime> captured = time.isEmpty()
                ? Optional.empty()
                : Optional.of(new CaptureTime(LocalDateTime.parse(time), Optional.empty(), CaptureTime.Origin.EXIF));
        return place(layout, new Layout.Facts(captured, "Anna/s iPhone", "photo", Optional.of("iPhone 15"), "IMG_1"));
    }

    private static String place(String layout, Layout.Facts facts) {
        Layout.Spot spot = Layout.parse(layout).spot(facts, "IMG_1");
        return Names.stem(spot.folder(), spot.base(), "");
    }

    @ParameterizedTest
    @CsvSource({
        "day, 2024/05/03/IMG_1",
        "month, 2024/05/IMG_1",
        "year, 2024/IMG_1",
        "flat, IMG_1",
        "%Y/%B %d/, 2024/May 03/IMG_1",
        "{device}/%Y, Anna_s iPhone/2024/IMG_1",
        "{type}/{camera.model}, photo/iPhone 15/IMG_1",
        "%Y/%Y-%m-%d_{original_name}, 2024/2024-05-03_IMG_1",
        "{original_name}/%Y, IMG_1/2024/IMG_1",
        "100%%/%Y, 100%/2024/IMG_1",
    })
    void aTemplateBecomesAPath(String layout, String path) {
        assertEquals(path, place(layout, "2024-05-03T12:11:12"));
    }

    @Test
    void unknownFieldsHaveADefault() {
        var facts = new Layout.Facts(Optional.empty(), "phone", "video", Optional.empty(), "IMG_1");

        assertEquals("unknown/IMG_1", place("{camera.model}", facts));
        assertEquals("no camera/IMG_1", place("{camera.model,no camera}", facts));
    }

    @Test
    void withoutADateALayoutWithDatesGivesUndated() {
        assertEquals("undated/IMG_1", place("month", ""));
        assertEquals("undated/IMG_1", place("%Y_{original_name}", ""));
        assertEquals("photo/IMG_1", place("{type}", ""));
        assertEquals("IMG_1", place("flat", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%Q",
                "%",
                "{person}/%Y",
                "{device",
                "/%Y",
                "../%Y",
                "%Y/./%m",
                "%Y//%m",
                "C:/%Y",
                "%Y\\%m",
                "",
                "monthly"
            })
    void anInvalidLayoutIsRefusedWithAListOfValidOnes(String layout) {
        var refused = assertThrows(IllegalArgumentException.class, () -> Layout.parse(layout));

        for (String token : new String[] {"day, month, year, flat", "%Y", "%m", "{device}", "{camera.model,unknown}"}) {
            assertTrue(refused.getMessage().contains(token), refused.getMessage());
        }
    }

    @Test
    void theUnknownTokenIsNamed() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Layout.parse("%Y/%Q"))
                .getMessage()
                .contains("%Q;"));
    }

    @Test
    void datesAreSpelledAsDateSpellsThem() throws IOException, InterruptedException {
        for (String day : new String[] {"2023-01-01", "2024-02-29", "2024-12-31", "2021-01-03", "2026-07-09"}) {
            String time = day + "T15:04:09";
            Process date = new ProcessBuilder("date", "-u", "-d", time + "Z", "+" + DATES).start();
            String expected = new String(date.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();

            assertEquals(0, date.waitFor());
            assertEquals(expected + "/IMG_1", place(DATES, time));
        }
    }

    @Test
    void noFactCanMakeAFolder() {
        var facts = new Layout.Facts(Optional.empty(), "../../etc", "/", Optional.of("a\u0000/.."), "..");

        assertEquals(
                "_._.._etc/_/a__../IMG_1".replace("a__..", "a____"), place("{device}/{type}/{camera.model}", facts));
    }
}
