package dev.shoebox.web;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.shoebox.web.phone.ShownPhone.Extent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

/** Small and zoomed windows: nothing important is hidden, truncated or unreachable. */
class PageLayoutTest extends PageCase {
    /** 640 by 430 is a laptop's window at a zoom of 200 %. */
    @ParameterizedTest
    @CsvSource({"320, 568, de-DE", "640, 430, en-US"})
    void aSmallWindowShowsAllTextAndPhotosCanBeSelected(int width, int height, String language) {
        sample.model.show(SamplePage.photos(300), Extent.WHOLE);
        sample.model.answer(new PageModel.CloudAnswer("icloud-full", "part", "It is full.", List.of("Save.")));
        sample.model.copies(List.of(PageCopiesTest.BEHIND.fields()));
        Page page = chromium.open(
                sample.url(), options -> options.setViewportSize(width, height).setLocale(language));
        page.locator(".tile").first().waitFor();
        for (String said :
                List.of("#sentence", "#detail", "#icloud-verdict", "#copies-list", "#filters", "#close-all")) {
            page.locator(said).scrollIntoViewIfNeeded();
            PlaywrightAssertions.assertThat(page.locator(said)).isInViewport();
        }
        page.locator(".tile").nth(1).hover();
        page.locator(".tile .tick").nth(1).click();
        page.locator("#bar-save").waitFor();
        PlaywrightAssertions.assertThat(page.locator("#bar-save"))
                .isInViewport(new LocatorAssertions.IsInViewportOptions().setRatio(1));
        PlaywrightAssertions.assertThat(page.locator(".tile.ticked")).isInViewport();
        page.locator("#target-button").click();
        page.locator("#targets[open] .new-folder button").first().waitFor();
        assertEquals(
                true,
                page.evaluate("[document.documentElement, document.getElementById('targets')]"
                        + ".every(each => each.scrollWidth <= each.clientWidth)"));
        page.context().close();
    }

    /** A short unit that ends with a full stop must not double that of the sentence. */
    @Test
    void noSentenceEndsTwice() {
        sample.model.show(SamplePage.photos(30), Extent.WHOLE);
        Page page = chromium.open(sample.url(), options -> options.setLocale("de-DE"));
        page.locator("#band-actions button.main").waitFor();
        String detail = page.locator("#detail").textContent();
        assertFalse(detail.contains(".."), detail);
        page.context().close();
        page.context().close();
    }
}
