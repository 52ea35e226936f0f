package dev.shoebox.destination;

import dev.shoebox.destination.DelegatingDisk.DelegatingOut;
import dev.shoebox.destination.disk.AppendOnlyLines;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.destination.records.Manifest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Disks that do not do what the protocol asks; {@link Mutant}s consist of them. */
final class WrongDisk {
    private WrongDisk() {}

    static boolean isPhoto(String path) {
        return !path.startsWith(Identity.FOLDER) && !path.equals(Manifest.FILE);
    }

    static boolean isPartial(String path) {
        return path.startsWith(Identity.STAGING) && path.endsWith(".part");
    }

    interface Call {
        void run() throws IOException;
    }

    static void ignoring(Call call) {
        try {
            call.run();
        } catch (IOException e) {
            // Like the mutant.
        }
    }

    static void again(Call call) throws IOException {
        try {
            call.run();
        } catch (IOException e) {
            call.run();
        }
    }

    /** Does not force files. */
    static final class Forcing extends DelegatingDisk {
        private final Predicate<String> not;

        Forcing(Disk disk, Predicate<String> not) {
            super(disk);
            this.not = not;
        }

        @Override
        public void force(String path) throws IOException {
            if (!not.test(path)) {
                super.force(path);
            }
        }

        @Override
        public Out create(String path) throws IOException {
            return writing(super.create(path), path);
        }

        @Override
        public Out append(String path) throws IOException {
            return writing(super.append(path), path);
        }

        private Out writing(Out out, String path) {
            return !not.test(path)
                    ? out
                    : new DelegatingOut(out) {
                        @Override
                        public void force() {
                            // Unlike the mutant.
                        }
                    };
        }
    }

    /** Does not force folders. */
    static final class ForcingFolders extends DelegatingDisk {
        private final Predicate<String> not;

        ForcingFolders(Disk disk, Predicate<String> not) {
            super(disk);
            this.not = not;
        }

        @Override
        public void forceFolder(String path) throws IOException {
            if (!not.test(path)) {
                super.forceFolder(path);
            }
        }
    }

    /** Forces photos and folders only after the next force of that file. */
    static final class Late extends DelegatingDisk {
        private final String after;
        private final List<Call> waiting = Collections.synchronizedList(new ArrayList<>());

        Late(Disk disk, String after) {
            super(disk);
            this.after = after;
        }

        @Override
        public void force(String path) throws IOException {
            if (isPhoto(path)) {
                waiting.add(() -> super.force(path));
            } else {
                super.force(path);
            }
        }

        @Override
        public void forceFolder(String path) throws IOException {
            if (path.startsWith(Identity.FOLDER)) {
                super.forceFolder(path);
            } else {
                waiting.add(() -> super.forceFolder(path));
            }
        }

        @Override
        public Out append(String path) throws IOException {
            Out out = super.append(path);
            return !path.equals(after)
                    ? out
                    : new DelegatingOut(out) {
                        @Override
                        public void force() throws IOException {
                            super.force();
                            for (Call call : List.copyOf(waiting)) {
                                call.run();
                            }
                            waiting.clear();
                        }
                    };
        }
    }

    /** Publishes over an existing file, like an atomic move. */
    static class Replacing extends DelegatingDisk {
        Replacing(Disk disk) {
            super(disk);
        }

        private void clear(String fresh) throws IOException {
            if (isPhoto(fresh) && super.look(fresh).isPresent()) {
                super.delete(fresh);
            }
        }

        @Override
        public Optional<Entry> look(String path) throws IOException {
            Optional<Entry> entry = super.look(path);
            return entry.filter(Entry::isFile).isPresent() && isPhoto(path) ? Optional.empty() : entry;
        }

        @Override
        public void link(String existing, String fresh) throws IOException {
            clear(fresh);
            super.link(existing, fresh);
        }

        @Override
        public void move(String from, String fresh) throws IOException {
            clear(fresh);
            super.move(from, fresh);
        }
    }

    /** Publishes by writing again under the final name. */
    static final class Copying extends DelegatingDisk {
        Copying(Disk disk) {
            super(disk);
        }

        @Override
        public void link(String existing, String fresh) throws IOException {
            if (!isPhoto(fresh)) {
                super.link(existing, fresh);
                return;
            }
            try (var channel = super.read(existing);
                    Out out = super.create(fresh)) {
                ByteBuffer all = ByteBuffer.allocate((int) channel.size());
                while (all.hasRemaining() && channel.read(all) >= 0) {
                    // Until it is full.
                }
                out.write(all.flip());
            }
        }
    }

    /** Writes wrong partial files. */
    abstract static class Partials extends DelegatingDisk {
        Partials(Disk disk) {
            super(disk);
        }

        abstract void write(Out out, ByteBuffer bytes) throws IOException;

        @Override
        public Out create(String path) throws IOException {
            Out out = super.create(path);
            return !isPartial(path)
                    ? out
                    : new DelegatingOut(out) {
                        @Override
                        public void write(ByteBuffer bytes) throws IOException {
                            Partials.this.write(out, bytes);
                        }
                    };
        }
    }

    /** Takes a file under a photo's name for the photo if it is at least as large. */
    static final class Adopting extends DelegatingDisk {
        private final boolean sizeCounts;

        Adopting(Disk disk, boolean sizeCounts) {
            super(disk);
            this.sizeCounts = sizeCounts;
        }

        @Override
        public boolean readPastCache(String path, Consumer<ByteBuffer> taker) throws IOException {
            Optional<byte[]> wanted =
                    isPhoto(path) ? wanted(path, super.look(path).orElseThrow().size()) : Optional.empty();
            if (wanted.isEmpty()) {
                return super.readPastCache(path, taker);
            }
            taker.accept(ByteBuffer.wrap(wanted.get()));
            return true;
        }

        /** The content that the journal requires. */
        private Optional<byte[]> wanted(String path, long size) throws IOException {
            var wanted = new ArrayList<byte[]>();
            AppendOnlyLines.read(this, Journal.FILE, 0, (line, end) -> {
                if (Journal.parse(line).orElse(null) instanceof Journal.Entry entry
                        && entry.path().equals(path)
                        && (!sizeCounts || entry.size() == size)) {
                    for (Backups.Shot shot : TwentyShots.ALL) {
                        shot.parts().stream()
                                .filter(part -> part.resource().file().equals(entry.file()))
                                .forEach(part -> wanted.add(part.content().getBytes(StandardCharsets.UTF_8)));
                    }
                }
            });
            return wanted.stream().reduce((first, second) -> second);
        }
    }

    /** Appends after what a crash tore. */
    static final class Keeping extends DelegatingDisk {
        private final String file;

        Keeping(Disk disk, String file) {
            super(disk);
            this.file = file;
        }

        @Override
        public Out append(String path) throws IOException {
            Out out = super.append(path);
            return !path.equals(file)
                    ? out
                    : new DelegatingOut(out) {
                        @Override
                        public void truncate(long size) {
                            // Unlike the mutant.
                        }
                    };
        }
    }

    /** Rewrites the whole manifest for every batch. */
    static final class Rewriting extends DelegatingDisk {
        Rewriting(Disk disk) {
            super(disk);
        }

        @Override
        public Out append(String path) throws IOException {
            Out out = super.append(path);
            return !path.equals(Manifest.FILE)
                    ? out
                    : new DelegatingOut(out) {
                        @Override
                        public void write(ByteBuffer bytes) throws IOException {
                            try (var channel = Rewriting.super.read(path)) {
                                ByteBuffer all = ByteBuffer.allocate((int) channel.size() + bytes.remaining());
                                while (all.position() < channel.size() && channel.read(all) >= 0) {
                                    // Until all is there.
                                }
                                all.put(bytes);
                                out.truncate(0);
                                out.write(all.flip());
                            }
                        }
                    };
        }
    }

    /** Sees only listed photos: does not look for other files before a photo gets its name. */
    static final class OwnFilesAlone extends DelegatingDisk {
        private final Disk whole;

        OwnFilesAlone(Disk disk) {
            super(disk);
            this.whole = disk;
        }

        @Override
        public Optional<Entry> look(String path) throws IOException {
            Optional<Entry> entry = super.look(path);
            return isPhoto(path) && entry.filter(Entry::isFile).isPresent() && !isListed(path)
                    ? Optional.empty()
                    : entry;
        }

        @Override
        public List<String> names(String folder) throws IOException {
            return folder.startsWith(Identity.FOLDER) ? super.names(folder) : List.of();
        }

        private boolean isListed(String path) throws IOException {
            var listed = new ArrayList<Boolean>();
            AppendOnlyLines.read(whole, Manifest.FILE, 0, (text, end) -> Manifest.parse(text)
                    .filter(line -> line.path().equals(path))
                    .ifPresent(line -> listed.add(true)));
            return !listed.isEmpty();
        }
    }
}
