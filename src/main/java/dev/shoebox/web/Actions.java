package dev.shoebox.web;

import dev.shoebox.web.index.PageEntry;
import dev.shoebox.web.server.Refusal;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the page can have done, and asks for besides what it shows all the time. */
interface Actions {
    /** What is known of one photo. */
    Map<String, Object> details(PageEntry entry) throws IOException;

    /** Where photos may go. */
    List<Target> targets();

    /**
     * From here on photos go there.
     *
     * @param folder the name of a new folder to be made there
     * @throws Refusal if that was not offered, or is no name of a folder
     */
    void choose(int target, Optional<String> folder) throws Refusal;

    /**
     * Begins to save.
     *
     * @throws Refusal if a run goes on already, or there is nowhere to save to
     */
    void save(Choice choice) throws Refusal;

    /** Asks the run to end soon; what came is kept. */
    void pause();

    /** Looks again at the phone and the backup. */
    void look();

    /** The run that ended is not shown any more. */
    void forget();

    /** Shows the destination in the person's file manager. */
    void openFolder() throws Refusal;

    /** Makes the backup start by itself every week. */
    String weekly() throws Refusal;

    /** What the last run did, as a page of HTML. */
    String report() throws Refusal;

    /** Ends the server. */
    void close();

    /**
     * Which photos.
     *
     * @param what a kind: {@code only-here}, {@code unsaved}, or {@code again} for what was chosen last
     * @param ids of photos, where no kind is named
     */
    record Choice(Optional<String> what, List<Integer> ids) {}
}
