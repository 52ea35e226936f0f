package dev.shoebox.schedule;

import java.util.List;

/** A system's scheduler: the files that define a job, and the commands that load and unload it. */
public interface Scheduler {
    /** Returns all files that define a job. */
    List<ScheduleFile> files(Job job);

    /** Returns the commands that load it, once the files are in place. */
    List<List<String>> beginning(Job job);

    /** Returns the commands that unload it, before the files are removed. One that fails had nothing to unload. */
    List<List<String>> ending(InstalledJobs.Entry installed);

    /** Returns the commands to run once the files are removed. */
    List<List<String>> forgetting();

    /**
     * Returns the command that prints on its first line when the job is next due; empty if the scheduler cannot tell.
     */
    List<String> due(InstalledJobs.Entry installed);
}
