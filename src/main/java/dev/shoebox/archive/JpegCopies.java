package dev.shoebox.archive;

import dev.shoebox.archive.JpegProgram.Jpeg;
import dev.shoebox.archive.packing.Member;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Names;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;

/**
 * The files of a backup, with JPEGs in place of HEICs. A photo that cannot be converted is exported unchanged and
 * reported. Converts several photos ahead, in parallel.
 */
public final class JpegCopies implements MemberSource, Closeable {
    private static final Set<String> CONVERTED = Set.of("heic", "heif", "hif");
    private static final String ENDING = ".jpg";
    private static final int MOST_AHEAD = 4;

    private final BackupFiles files;
    private final JpegProgram program;
    private final BiConsumer<Member, String> unconverted;
    private final Iterator<Member> next;
    private final Set<String> taken = new HashSet<>();
    private final ExecutorService threads;
    private final int ahead;
    private final Deque<Future<Jpeg>> going = new ArrayDeque<>();

    private Jpeg current = Jpeg.NONE;
    private int made;

    /**
     * Creates the copies.
     *
     * @param members everything that will be requested, in that order
     * @param unconverted receives each photo that is exported unchanged, and why: a sentence that follows its name
     */
    public JpegCopies(
            BackupFiles files, List<Member> members, JpegProgram program, BiConsumer<Member, String> unconverted) {
        this.files = files;
        this.program = program;
        this.unconverted = unconverted;
        this.next = members.stream().filter(JpegCopies::isConverted).iterator();
        members.forEach(member -> taken.add(Names.fold(member.path())));
        ahead = Math.max(1, Math.min(MOST_AHEAD, Runtime.getRuntime().availableProcessors()));
        threads = Executors.newFixedThreadPool(ahead, task -> {
            Thread thread = new Thread(task, "shoebox-jpeg");
            thread.setDaemon(true);
            return thread;
        });
    }

    private static boolean isConverted(Member member) {
        int dot = member.path().lastIndexOf('.');
        return CONVERTED.contains(member.path().substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    /** Returns the number of JPEGs so far. */
    public int made() {
        return made;
    }

    @Override
    public Member ready(Member member) throws IOException {
        current.close();
        current = Jpeg.NONE;
        if (!isConverted(member)) {
            return files.ready(member);
        }
        while (going.size() < ahead && next.hasNext()) {
            Member photo = next.next();
            going.add(threads.submit(() -> program.convert(files, photo)));
        }
        Jpeg jpeg = converted(going.remove());
        if (!jpeg.isMade()) {
            jpeg.close();
            if (!jpeg.why().isEmpty()) {
                unconverted.accept(member, jpeg.why());
            }
            return member;
        }
        current = jpeg;
        made++;
        String name = free(member.path());
        files.rename(member.path(), name);
        return new Member(name, jpeg.size(), jpeg.sha256(), member.modified(), member.wallClock());
    }

    private static Jpeg converted(Future<Jpeg> photo) throws IOException {
        try {
            return photo.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException why) {
                return new Jpeg(Path.of(""), -1, "", "cannot be converted: " + DestinationException.reason(why));
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stop);
        }
    }

    /** Replaces the extension if the resulting name is free on every file system; appends it otherwise. */
    private String free(String path) {
        String name = Names.withoutExtension(path) + ENDING;
        return taken.add(Names.fold(name)) ? name : path + ENDING;
    }

    @Override
    public SeekableByteChannel open(Member member) throws IOException {
        return current.isMade() && current.sha256().equals(member.sha256()) ? current.open() : files.open(member);
    }

    @Override
    public void requireThere() throws IOException {
        files.requireThere();
    }

    /** Deletes JPEGs that nobody requested. */
    @Override
    public void close() {
        threads.shutdownNow();
        delete(current);
        for (Future<Jpeg> each : going) {
            try {
                delete(each.get());
            } catch (ExecutionException | CancellationException ended) {
                // It deleted what it had.
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void delete(Jpeg jpeg) {
        try {
            jpeg.close();
        } catch (IOException stays) {
            // The folder is temporary anyway.
        }
    }
}
