package dev.shoebox.schedule;

import java.util.List;

/** A system's own scheduler: in what files it wants to be told of a job, and by what commands it takes note. */
public interface Scheduler {
    /** All that tells it of a job. */
    List<ScheduleFile> files(Job job);

    /** What makes it begin, once the files are there. */
    List<List<String>> beginning(Job job);

    /** What makes it end, before the files go. A command that fails has nothing to end. */
    List<List<String>> ending(InstalledJobs.Entry installed);

    /** What makes it forget, once they are gone. */
    List<List<String>> forgetting();

    /** What tells when it is next due, on the first line; empty if the scheduler cannot be asked. */
    List<String> due(InstalledJobs.Entry installed);
}
