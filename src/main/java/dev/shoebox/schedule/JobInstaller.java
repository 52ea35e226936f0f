package dev.shoebox.schedule;

import dev.shoebox.system.process.Programs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Adds jobs to the system's scheduler and removes them. */
public final class JobInstaller {
    private final Scheduler scheduler;
    private final InstalledJobs installed;
    private final Programs programs;

    public JobInstaller(Scheduler scheduler, InstalledJobs installed, Programs programs) {
        this.scheduler = scheduler;
        this.installed = installed;
        this.programs = programs;
    }

    /**
     * Writes the files of a job and notifies the scheduler. Removes files of an earlier installation that are no longer
     * needed.
     *
     * @return the files that only root can put in place, which is left to do
     * @throws ScheduleException if a file that is not ours is in the way, or the scheduler refuses
     */
    public List<ScheduleFile> install(Job job) throws IOException {
        List<ScheduleFile> files = scheduler.files(job);
        List<InstalledJobs.Entry> ours = installed.entries();
        for (ScheduleFile file : files) {
            if (Files.exists(file.path())
                    && !ours.contains(new InstalledJobs.Entry(job.name(), file.path()))
                    && !Arrays.equals(Files.readAllBytes(file.path()), file.bytes())) {
                throw new ScheduleException(
                        file.path() + " already exists and is not from Shoebox; move it elsewhere first.");
            }
        }
        List<Path> wanted = files.stream().map(ScheduleFile::path).toList();
        for (InstalledJobs.Entry entry : ours) {
            if (entry.job().equals(job.name()) && !wanted.contains(entry.path())) {
                end(entry);
            }
        }
        List<ScheduleFile> left = new ArrayList<>();
        for (ScheduleFile file : files) {
            if (file.isForRoot() && !Files.isWritable(file.path().getParent())) {
                left.add(file);
                continue;
            }
            installed.add(new InstalledJobs.Entry(job.name(), file.path()));
            Files.createDirectories(file.path().getParent());
            Files.write(file.path(), file.bytes());
        }
        for (List<String> command : scheduler.beginning(job)) {
            Optional<Programs.Result> result = programs.run(command);
            if (result.isEmpty() || result.get().code() != 0) {
                throw new ScheduleException("'" + String.join(" ", command) + "' failed: "
                        + result.map(Programs.Result::output).orElse("the program is not installed"));
            }
        }
        return left;
    }

    /**
     * Removes the listed files of one job.
     *
     * @return what was removed
     */
    public List<InstalledJobs.Entry> remove(String job) throws IOException {
        return removeIf(entry -> entry.job().equals(job));
    }

    /**
     * Removes the listed files of all jobs.
     *
     * @return what was removed
     */
    public List<InstalledJobs.Entry> removeAll() throws IOException {
        return removeIf(entry -> true);
    }

    private List<InstalledJobs.Entry> removeIf(Predicate<InstalledJobs.Entry> wanted) throws IOException {
        List<InstalledJobs.Entry> removed = new ArrayList<>();
        for (InstalledJobs.Entry entry : installed.entries()) {
            if (wanted.test(entry)) {
                end(entry);
                removed.add(entry);
            }
        }
        if (!removed.isEmpty()) {
            scheduler.forgetting().forEach(programs::run);
        }
        return removed;
    }

    private void end(InstalledJobs.Entry entry) throws IOException {
        scheduler.ending(entry).forEach(programs::run);
        Files.deleteIfExists(entry.path());
        installed.remove(entry);
    }

    public List<InstalledJobs.Entry> entries() throws IOException {
        return installed.entries();
    }

    /** Returns the next time of a job, in the system's words, if it is known. */
    public Optional<String> due(InstalledJobs.Entry entry) {
        List<String> command = scheduler.due(entry);
        return command.isEmpty()
                ? Optional.empty()
                : programs.run(command)
                        .filter(result -> result.code() == 0)
                        .flatMap(result -> result.output().lines().findFirst())
                        .filter(line -> !line.isBlank());
    }
}
