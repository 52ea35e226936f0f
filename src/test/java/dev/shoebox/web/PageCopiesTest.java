package dev.shoebox.web;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.shoebox.coverage.SecondCopyLack;
import dev.shoebox.web.phone.ShownPhone.Extent;
import dev.shoebox.web.saving.PageWork.SecondCopy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What the page shows of second copies. */
class PageCopiesTest extends PageCase {
    private static final Instant COMPLETE = Instant.parse("2026-11-20T12:00:00Z");
    private static final String FAILURE = "The second copy in /media/anna/Two lacks files.";

    static final ShownCopies.Copy BEHIND =
            copy("/media/anna/Two", ShownCopies.State.BEHIND, new SecondCopyLack(1234, 1, 56));

    @BeforeEach
    void photos() {
        sample.model.show(SamplePage.photos(30), Extent.WHOLE);
    }

    private static ShownCopies.Copy copy(String folder, ShownCopies.State state, SecondCopyLack lack) {
        boolean isComplete = state == ShownCopies.State.COMPLETE;
        return new ShownCopies.Copy(
                new SecondCopy(
                        Path.of(folder),
                        true,
                        isComplete ? Optional.of(COMPLETE) : Optional.empty(),
                        isComplete ? Optional.empty() : Optional.of(FAILURE)),
                state,
                lack);
    }

    private void show(ShownCopies.Copy... copies) {
        sample.model.copies(
                List.of(copies).stream().map(ShownCopies.Copy::fields).toList());
    }

    private Page open(String language) {
        Page page = chromium.open(sample.url(), options -> options.setLocale(language));
        page.locator(".tile").first().waitFor();
        return page;
    }

    @Test
    void eachIsShownWithItsPlaceItsLagAndItsLastFailure() {
        show(copy("/media/anna/One", ShownCopies.State.COMPLETE, SecondCopyLack.NOTHING), BEHIND);
        Page page = open("en-US");
        Locator list = page.getByRole(AriaRole.LIST).and(page.locator("#copies-list"));
        Locator items = list.getByRole(AriaRole.LISTITEM);
        assertEquals(2, items.count());
        String one = items.nth(0).innerText();
        assertTrue(one.contains("/media/anna/One") && one.contains("November 20, 2026"), one);
        assertFalse(one.contains(FAILURE), one);
        String two = items.nth(1).innerText();
        assertTrue(two.contains("/media/anna/Two") && two.contains("1,234") && two.contains(FAILURE), two);
        assertTrue(two.contains("56") && two.contains("repair") && !one.contains("repair"), two);
        assertEquals(
                1,
                page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Second copies"))
                        .count());
        page.context().close();
    }

    /** If everything is saved, the page has no button that would update it. */
    @Test
    void aCopyThatLacksSomethingNamesTheCommandThatUpdatesIt() {
        show(BEHIND, copy("/media/anna/One", ShownCopies.State.AWAY, SecondCopyLack.NOTHING));
        Page page = open("en-US");
        String behind = page.locator("#copies-list li.behind").innerText();
        assertTrue(behind.contains("shoebox backup --copy-to \"/media/anna/Two\""), behind);
        String away = page.locator("#copies-list li.away").innerText();
        assertTrue(away.contains("shoebox backup --copy-to \"/media/anna/One\""), away);
        page.context().close();
    }

    @Test
    void theRunSaysWhatArrivesInEach() {
        show(new ShownCopies.Copy(BEHIND.known(), ShownCopies.State.FILLING, SecondCopyLack.NOTHING, 1234));
        Page page = open("en-US");
        String filling = page.locator("#copies-list li.filling").innerText();
        assertTrue(filling.contains("/media/anna/Two") && filling.contains("1,234"), filling);
        assertFalse(filling.contains(FAILURE), filling);
        page.context().close();
    }

    @Test
    void germanTextContainsNoEnglish() {
        show(
                copy("/media/anna/Now", ShownCopies.State.FILLING, SecondCopyLack.NOTHING),
                copy("/media/anna/One", ShownCopies.State.AWAY, SecondCopyLack.NOTHING),
                copy("/media/anna/Two", ShownCopies.State.UNREADABLE, SecondCopyLack.NOTHING),
                copy("/media/anna/Letters", ShownCopies.State.OTHER_FILES, SecondCopyLack.NOTHING),
                copy("/media/anna/Later", ShownCopies.State.NEWER, SecondCopyLack.NOTHING),
                copy("/media/anna/Four", ShownCopies.State.BEHIND, new SecondCopyLack(0, 2, 3)),
                new ShownCopies.Copy(
                        new SecondCopy(Path.of("/media/anna/Typed"), false, Optional.empty(), Optional.empty()),
                        ShownCopies.State.AWAY,
                        SecondCopyLack.NOTHING),
                copy("/media/anna/New", ShownCopies.State.EMPTY, SecondCopyLack.NOTHING),
                copy("/media/anna/Three", ShownCopies.State.CHECKING, SecondCopyLack.NOTHING));
        Page page = open("de-DE");
        String all = page.locator("#copies").innerText();
        assertTrue(all.contains("Zweite Kopien") && all.contains("/media/anna/One"), all);
        assertFalse(all.contains("lacks") || all.contains("copy.") || all.contains("Not "), all);
        page.context().close();
    }

    @Test
    void withoutAnyNothingIsShown() {
        Page page = open("en-US");
        assertFalse(page.locator("#copies").isVisible());
        show(copy("/media/anna/One", ShownCopies.State.COMPLETE, SecondCopyLack.NOTHING));
        page.locator("#copies-list li.complete").waitFor();
        assertTrue(page.locator("#copies").isVisible());
        page.context().close();
    }
}
