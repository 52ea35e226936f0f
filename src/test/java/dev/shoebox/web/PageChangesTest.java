package dev.shoebox.web;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.shoebox.device.transport.LockdownError;
import dev.shoebox.web.index.Flag;
import dev.shoebox.web.index.PageEntry;
import dev.shoebox.web.index.PhotoIndex;
import dev.shoebox.web.index.Place;
import dev.shoebox.web.phone.PhoneState;
import dev.shoebox.web.phone.ShownPhone.Extent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The photos change while the user looks at them: texts and selections stay with their photos. */
class PageChangesTest extends PageCase {
    private static final int NOON = 29_000_000;

    private Page page;

    @AfterEach
    void closePage() {
        page.context().close();
    }

    private static PageEntry photo(int id, int flags, String... albums) {
        return new PageEntry(id, "IMG_" + id + ".JPG", NOON - id, flags, 1_000_000, "IMG_" + id, List.of(albums));
    }

    private static int here() {
        return Place.ONLY_HERE.bits() | Flag.HERE.bit();
    }

    private static List<PageEntry> photos(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(id -> photo(id, here()))
                .toList();
    }

    private void show(List<PageEntry> entries) {
        sample.model.show(new PhotoIndex(entries), Extent.WHOLE);
    }

    private void open(List<PageEntry> entries) {
        show(entries);
        page = chromium.open(sample.url());
        tiles(entries.size());
    }

    private void tiles(int count) {
        PlaywrightAssertions.assertThat(page.locator(".tile")).hasCount(count);
    }

    private void tick(int tile) {
        page.locator(".tile").nth(tile).hover();
        page.locator(".tile .tick").nth(tile).click();
    }

    private String savedIds() {
        page.locator("#bar-save").click();
        PlaywrightAssertions.assertThat(page.locator("#bar")).isHidden();
        return sample.done.get(sample.done.size() - 1);
    }

    @Test
    void theOpenPhotoRemainsTheSelectedOne() {
        open(photos(10, 15));
        page.locator(".tile").nth(2).click();
        page.locator("#viewer[open] .large").waitFor();
        // Newer ones precede it.
        show(photos(1, 15));
        tiles(15);
        page.keyboard().press("Space");
        page.keyboard().press("Escape");
        assertEquals("save [12]", savedIds());
    }

    @Test
    void theViewOfAPhotoThatDisappearedCloses() {
        open(photos(1, 5));
        page.locator(".tile").nth(4).click();
        page.locator("#viewer[open]").waitFor();
        show(photos(1, 2));
        tiles(2);
        PlaywrightAssertions.assertThat(page.locator("#viewer")).isHidden();
    }

    @Test
    void backLeadsFromAPhotoToThePhotos() {
        open(photos(1, 5));
        for (int i = 0; i < 2; i++) {
            page.locator(".tile").nth(i).click();
            page.locator("#viewer[open]").waitFor();
            page.goBack();
            PlaywrightAssertions.assertThat(page.locator("#viewer")).isHidden();
            tiles(5);
            page.locator(".tile").nth(i).click();
            page.keyboard().press("Escape");
            PlaywrightAssertions.assertThat(page.locator("#viewer")).isHidden();
            PlaywrightAssertions.assertThat(page.locator(".tile").nth(i)).isFocused();
        }
    }

    @Test
    void reloadingThePageReadsThePhoneAgain() {
        open(photos(1, 5));
        assertEquals(List.of(), sample.done);
        page.reload();
        tiles(5);
        assertEquals(List.of("look"), sample.done);
    }

    @Test
    void shiftSelectsFromThePhotoThatWasSelectedLast() {
        open(photos(10, 15));
        tick(1);
        show(photos(5, 15));
        tiles(11);
        page.locator(".tile")
                .nth(8)
                .click(new com.microsoft.playwright.Locator.ClickOptions()
                        .setModifiers(List.of(com.microsoft.playwright.options.KeyboardModifier.SHIFT)));
        assertEquals("save [11, 12, 13]", savedIds());
    }

    /** As if the phone were unplugged, another plugged in, and the first one again. */
    @Test
    void aSelectedPhotoThatDisappearedCountsOnlyOnceItIsBack() {
        open(photos(1, 4));
        tick(0);
        tick(1);
        show(List.of(photo(50, Place.ONLY_IN_BACKUP.bits() | Flag.BACKED_UP.bit())));
        tiles(1);
        PlaywrightAssertions.assertThat(page.locator("#bar")).isHidden();
        assertEquals(0, page.locator(".month-box:visible").count());
        show(photos(1, 4));
        tiles(4);
        assertEquals("save [1, 2]", savedIds());
    }

    @Test
    void aSelectedAlbumStaysSelectedAndGetsNewPhotos() {
        open(List.of(photo(1, here(), "Lake"), photo(2, here())));
        page.locator("#album").selectOption("0");
        tiles(1);
        show(List.of(photo(1, here(), "Lake"), photo(2, here(), "Birds"), photo(3, here(), "Lake")));
        tiles(2);
        assertTrue(page.locator("#album option:checked").textContent().startsWith("Lake"));
    }

    /** The focused button is hidden for a photo that cannot be selected. */
    @Test
    void theFocusPassesAPhotoThatCannotBeSelected() {
        open(List.of(photo(3, here()), photo(2, Place.ONLY_IN_ICLOUD.bits()), photo(1, Place.ONLY_IN_ICLOUD.bits())));
        page.locator(".tile").nth(2).click();
        page.locator("#viewer[open]").waitFor();
        page.keyboard().press("Tab");
        page.locator("#viewer .viewer-bar button.plain:visible").focus();
        page.keyboard().press("ArrowLeft");
        page.keyboard().press("i");
        page.locator(".viewer-details:visible dd").first().waitFor();
        page.keyboard().press("ArrowLeft");
        PlaywrightAssertions.assertThat(page.locator(".viewer-details dd").first())
                .hasText("IMG_1.JPG");
    }

    @Test
    void theSentenceReportsTrouble() {
        List<PageEntry> entries = new ArrayList<>(photos(1, 3));
        int saved = Place.ONLY_HERE.bits() | Flag.HERE.bit();
        entries.add(photo(8, saved | Flag.BROKEN.bit()));
        entries.add(photo(9, Place.ONLY_IN_BACKUP.bits() | Flag.BACKED_UP.bit() | Flag.DAMAGED.bit()));
        open(entries);
        // A photo that cannot be saved better is not offered again.
        PlaywrightAssertions.assertThat(page.locator("[data-act='save.only-here']"))
                .containsText("3");
        PlaywrightAssertions.assertThat(page.locator("#detail")).containsText("damaged");
        PlaywrightAssertions.assertThat(page.locator("#detail")).containsText("broken");
        for (String kind : List.of("damaged", "broken")) {
            page.locator("[data-filter='" + kind + "']").click();
            tiles(1);
            page.locator(".tile .sign." + kind).waitFor();
        }
        sample.model.show(PhoneState.NONE);
        PlaywrightAssertions.assertThat(page.locator("body")).hasAttribute("data-state", "no-phone");
        PlaywrightAssertions.assertThat(page.locator("#detail")).containsText("damaged");
        assertEquals(Optional.of("Photos"), sample.model.destination().map(Target::name));
    }

    @Test
    void photosThatCannotBeSavedHereAreReportedOnceAllOthersAreSaved() {
        open(List.of(photo(2, here() | Flag.BACKED_UP.bit()), photo(1, Place.ONLY_IN_ICLOUD.bits())));
        PlaywrightAssertions.assertThat(page.locator("#detail")).containsText("only in iCloud");
        PlaywrightAssertions.assertThat(page.locator("#sentence")).containsText("backed up");
    }

    /** The page does not wait for an answer to a question that the iPhone no longer shows. */
    @Test
    void aPhoneThatRefusedTrustIsNotWaitedFor() {
        open(List.of());
        sample.model.show(PhoneState.of(LockdownError.USER_DENIED_PAIRING.exception(0)));
        PlaywrightAssertions.assertThat(page.locator("body")).hasAttribute("data-state", "denied");
        sample.model.show(PhoneState.of(LockdownError.PAIRING_DIALOG_PENDING.exception(0)));
        PlaywrightAssertions.assertThat(page.locator("body")).hasAttribute("data-state", "trust");
    }
}
