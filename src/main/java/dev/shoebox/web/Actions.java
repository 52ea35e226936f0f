package dev.shoebox.web;

import dev.shoebox.web.index.PageEntry;
import dev.shoebox.web.server.Refusal;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The actions that the page can request, and the details that it requests on demand. */
interface Actions {
    /** Returns everything known about one photo. */
    Map<String, Object> details(PageEntry entry) throws IOException;

    /** Returns the places where photos can be saved. */
    List<Target> targets();

    /**
     * Chooses where photos are saved from now on.
     *
     * @throws Refusal if that place was not offered
     */
    void choose(int target) throws Refusal;

    /**
     * Chooses a new folder in which photos are saved from now on.
     *
     * @param name of the folder to create there
     * @throws Refusal if that place was not offered, or the name is not valid for a folder
     */
    void chooseNew(int target, String name) throws Refusal;

    /**
     * Starts a run that saves photos.
     *
     * @throws Refusal if a run is in progress, no phone is on view, no destination was chosen, or its backup cannot be
     * read
     */
    void save(Choice choice) throws Refusal;

    /** Asks the run to stop soon. Files that arrived are kept. */
    void pause();

    /** Reads the phone and the backup again. */
    void look();

    /** Stops showing the last run. */
    void forget();

    /** Opens the destination in the file manager. */
    void openFolder() throws Refusal;

    /**
     * Schedules a weekly backup.
     *
     * @return one line for people
     */
    String weekly() throws Refusal;

    /** Returns an HTML report of the last run. */
    String report() throws Refusal;

    /** Stops the server. */
    void close();

    /**
     * The photos to save.
     *
     * @param what a kind: {@code only-here}, {@code unsaved}, or {@code again} to repeat the last choice
     * @param ids the photos, if no kind is given
     */
    record Choice(Optional<String> what, List<Integer> ids) {}
}
