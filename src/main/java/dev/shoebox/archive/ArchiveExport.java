package dev.shoebox.archive;

import dev.shoebox.archive.ExportListener.Phase;
import dev.shoebox.archive.ExportListener.Reason;
import dev.shoebox.archive.packing.FolderSync;
import dev.shoebox.archive.packing.Member;
import dev.shoebox.archive.packing.Packing;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.Names;
import dev.shoebox.destination.disk.Permission;
import dev.shoebox.system.process.Programs;
import dev.shoebox.text.Amounts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes an export. What a crash leaves after each step:
 *
 * <pre>
 *  step                                               a crash after it leaves
 *  1 write each part under the name of what is not    files that end with .part and have no list at their end
 *    finished, its list last; force it
 *  2 read all parts back, each file in them, too      whole files that end with .part
 *  3 give each part its name, without replacing       some parts of several, which say in their names of how many; on FAT
 *                                                     perhaps an empty file
 *  4 force each again, and the folder                 the export
 * </pre>
 *
 * <p>Step 4 forces again what step 1 forced, because a rename on FAT resets what is durable of a file. Whatever fails, what was
 * made here is taken away again, and nothing else.
 *
 * <p>Each file of the backup is read twice: first to see whether it is what was backed up, then, from the system's memory as a
 * rule, into the archive. Out of an archive nothing can be taken back, and so a damaged file must be known before it begins.
 */
public final class ArchiveExport {
    private static final int BUFFER_BYTES = 1 << 20;

    private final Disk disk;
    private final ExportTarget target;
    private final long limit;
    private final FolderSync folderSync;
    private final Packing packing;
    private final MemberSource source;
    private final ExportListener listener;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final List<Part> parts = new ArrayList<>();
    private final List<String> published = new ArrayList<>();
    private volatile boolean stopped;
    private long files;
    private long bytes;
    private long passed;
    private long passedFiles;

    /** Thrown after a request to stop. */
    private static final class Stopped extends RuntimeException {}

    /**
     * Creates an export.
     *
     * @param disk the folder of the target
     * @param limit the maximum size of a part, or of a file in a folder, in bytes; {@link Long#MAX_VALUE} for none
     * @param programs the programs of the system; some formats need one
     */
    public ArchiveExport(
            Disk disk,
            ExportTarget target,
            long limit,
            Programs programs,
            MemberSource source,
            ExportListener listener) {
        this.disk = disk;
        this.target = target;
        this.limit = limit;
        this.folderSync = new FolderSync(disk);
        this.packing = new Packing(disk, folderSync, target.format(), programs);
        this.source = source;
        this.listener = listener;
    }

    /** Makes {@link #run} end soon, leaving nothing behind. May be called from any thread. */
    public void stop() {
        stopped = true;
    }

    /**
     * Makes the export.
     *
     * @param members in the order of the export
     * @throws ArchiveException if it cannot be made; nothing is left behind
     */
    public ExportResult run(List<Member> members) throws IOException {
        long expected = members.stream().mapToLong(Member::size).sum();
        boolean done = false;
        try {
            requireProgram();
            requireNoParts();
            requireRoom(members, expected);
            begin(Phase.WRITING, members.size(), expected);
            for (Member member : members) {
                write(member);
            }
            if (!parts.isEmpty()) {
                finishLast();
            }
            boolean pastCache = readBack();
            publish();
            done = true;
            return new ExportResult(made(), files, bytes, pastCache, false);
        } catch (Stopped asked) {
            return new ExportResult(List.of(), 0, 0, true, true);
        } catch (ArchiveException known) {
            throw known;
        } catch (IOException failed) {
            source.requireThere();
            throw failure(failed);
        } finally {
            if (!done) {
                clean();
            }
        }
    }

    private void requireProgram() throws ArchiveException {
        if (!packing.missing().isEmpty()) {
            throw new ArchiveException.Refused(target.name() + " needs the program " + packing.missing()
                    + ", which is not installed (install it with apt, dnf, brew or winget). .tar, "
                    + ".tar.gz and .zip need no other program.");
        }
    }

    /** Refuses to start if parts of another export have the same name: hours later, these could not be renamed. */
    private void requireNoParts() throws IOException {
        Optional<String> part = limit == Long.MAX_VALUE
                ? Optional.empty()
                : disk.names("").stream().filter(target::isPart).findFirst();
        if (part.isPresent()) {
            throw new ArchiveException.Refused(target.folder().resolve(part.get())
                    + " is part of an earlier export with this name. Choose another name.");
        }
    }

    private void requireRoom(List<Member> members, long expected) throws IOException {
        long needed = expected;
        for (Member member : members) {
            needed += packing.overhead(member.path()) + 2L * member.path().length() + Member.SHA256_DIGITS;
        }
        long free = disk.freeBytes();
        if (packing.packed(needed) > free) {
            throw new ArchiveException.Full("The export may take " + Amounts.bytes(needed) + ", and " + target.folder()
                    + " has " + Amounts.bytes(free) + " free. Free some space, choose fewer photos, or use "
                    + "another disk.");
        }
        long largest = disk.largestFile(target.unfinished(1));
        boolean isTooLarge = target.format().isFolder()
                ? members.stream().anyMatch(member -> Math.min(member.size(), limit) > largest)
                : Math.min(packing.packed(needed), limit) > largest;
        if (isTooLarge) {
            throw new ArchiveException.Refused(target.folder() + " cannot hold files larger than "
                    + Amounts.bytes(largest) + ", because it is formatted as FAT. Add --split 4G.");
        }
    }

    private void begin(Phase phase, long count, long size) {
        passed = 0;
        passedFiles = 0;
        listener.begins(phase, count, size);
    }

    /** Every byte is read twice. */
    private void pass(int count) {
        if (stopped) {
            throw new Stopped();
        }
        passed += count;
        listener.progress(passedFiles, passed / 2);
    }

    /** A part also has a list of its files, and pieces of some. */
    private void passFile() {
        passedFiles = Math.min(files, passedFiles + 1);
        pass(0);
    }

    private void write(Member asked) throws IOException {
        long before = passed;
        Member member = source.ready(asked);
        if (!member.hasSafeName()) {
            leaveOut(asked, Reason.NAME, "has a name that some systems cannot unpack");
        } else {
            Optional<Content> content = check(member);
            if (content.isPresent()) {
                write(member, content.get());
                files++;
                bytes += member.size();
            }
        }
        passedFiles++;
        passed = before + 2 * asked.size();
        pass(0);
    }

    /** Returns empty, and reports it, if the file is not the one that was backed up. */
    private Optional<Content> check(Member member) throws IOException {
        long largest = limit == Long.MAX_VALUE || target.format().isFolder()
                ? limit
                : Part.largest(packing, member.piece(1), limit);
        Reason reason = Reason.DAMAGED;
        String why = "is not the file that was backed up";
        try (SeekableByteChannel file = source.open(member)) {
            Content content = Content.read(file, buffer, largest, this::pass);
            if (content.sha256().equals(member.sha256())) {
                return Optional.of(content);
            }
        } catch (NoSuchFileException gone) {
            reason = Reason.MISSING;
            why = "is missing";
        } catch (IOException failed) {
            boolean denied = Permission.isDenied(failed);
            reason = denied ? Reason.DENIED : Reason.UNREADABLE;
            why = denied ? Permission.words(failed) : "cannot be read: " + DestinationException.reason(failed);
        }
        source.requireThere();
        leaveOut(member, reason, why);
        return Optional.empty();
    }

    private void leaveOut(Member member, Reason reason, String why) throws IOException {
        listener.leftOut(member, reason, why);
        if (member.hasSafeName()) {
            fitting(new Member(member.path(), 0, member.sha256(), member.modified(), member.wallClock()))
                    .remark("not in this export: " + member.path() + " " + why.replaceAll("\\p{Cntrl}", " "));
        }
    }

    private void write(Member member, Content content) throws IOException {
        List<Content.Piece> pieces = content.pieces();
        try (SeekableByteChannel file = again(member)) {
            for (int i = 0; i < pieces.size(); i++) {
                Content.Piece piece = pieces.get(i);
                String name = pieces.size() == 1 ? member.path() : member.piece(i + 1);
                Member entry = new Member(name, piece.size(), piece.sha256(), member.modified(), member.wallClock());
                add(entry, piece.crc32(), new Content.Again(file, piece, this::pass));
            }
        }
        if (pieces.size() > 1) {
            last().remark(member.sha256() + "  " + member.path() + "  once its " + pieces.size()
                    + " pieces are joined: cat \"" + member.path() + "\".0* > \"" + member.path() + "\"");
        }
    }

    private void add(Member entry, long crc32, InputStream content) throws IOException {
        Part part = fitting(entry);
        try {
            part.add(entry, crc32, content);
        } catch (FileAlreadyExistsException there) {
            String folded = Names.fold(entry.path());
            String other = part.written().keySet().stream()
                    .filter(path -> Names.fold(path).equals(folded))
                    .findFirst()
                    .orElse("another file");
            throw new ArchiveException.Refused(target.folder() + " takes " + other + " and " + entry.path()
                    + " for the same file. Export to a .zip or .tar, or to another disk.");
        }
    }

    private SeekableByteChannel again(Member member) throws IOException {
        try {
            return source.open(member);
        } catch (IOException gone) {
            source.requireThere();
            throw new ArchiveException.SourceChanged(
                    member.path() + " was just read but can no longer be opened. Run the command again.", gone);
        }
    }

    private Part last() {
        return parts.get(parts.size() - 1);
    }

    /** Returns the part that an entry belongs to. */
    private Part fitting(Member entry) throws IOException {
        boolean isFull = !parts.isEmpty()
                && !target.format().isFolder()
                && !last().written().isEmpty()
                && !last().fits(entry, limit);
        if (isFull) {
            finish(last(), "-" + parts.size());
        }
        if (parts.isEmpty() || isFull) {
            parts.add(new Part(packing, target.unfinished(parts.size() + 1)));
        }
        return last();
    }

    private void finishLast() throws IOException {
        finish(last(), parts.size() == 1 ? "" : "-" + parts.size());
    }

    private void finish(Part part, String suffix) throws IOException {
        part.finish(suffix);
        if (!target.format().isFolder() && part.container().size() > limit) {
            throw new IllegalStateException(
                    part.path() + " has " + part.container().size() + " bytes of " + limit);
        }
    }

    private boolean readBack() throws IOException {
        begin(Phase.READING_BACK, files, bytes);
        ExportVerification reading = new ExportVerification(disk, packing, this::pass, this::passFile);
        for (Part part : parts) {
            if (target.format().isFolder()) {
                reading.folder(part);
            } else {
                reading.archive(part, part.container().sha256());
            }
        }
        return reading.isPastCache();
    }

    private void publish() throws IOException {
        for (int i = 0; i < parts.size(); i++) {
            String name = target.part(i + 1, parts.size());
            try {
                disk.move(parts.get(i).path(), name);
            } catch (FileAlreadyExistsException there) {
                throw new ArchiveException.Refused(target.folder().resolve(name)
                        + " appeared during the export, and an export never replaces a file.");
            }
            published.add(name);
            if (!target.format().isFolder()) {
                disk.force(name);
            }
        }
        folderSync.force("");
    }

    private List<ExportResult.Part> made() {
        List<ExportResult.Part> made = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            made.add(new ExportResult.Part(
                    published.get(i),
                    parts.get(i).container().size(),
                    parts.get(i).written().size()));
        }
        return made;
    }

    private ArchiveException failure(IOException failed) {
        DestinationException known = DestinationException.of(failed, disk);
        String reason = DestinationException.reason(failed);
        return known instanceof DestinationException.Full
                ? new ArchiveException.Full(
                        target.folder() + " is full, or cannot hold a file this large (" + reason
                                + "); nothing was left there. Free some space, or add --split.",
                        failed)
                : new ArchiveException.Lost(
                        "The export cannot be written to " + target.folder() + " (" + reason
                                + "). Check that disk, or choose another.",
                        failed);
    }

    /** Files that cannot be deleted, as on a drive that was pulled, keep the name of an unfinished part. */
    private void clean() {
        for (int i = 0; i < parts.size(); i++) {
            try {
                parts.get(i).container().close();
            } catch (IOException closing) {
                // It is useless in any case.
            }
            try {
                parts.get(i)
                        .container()
                        .remove(
                                i < published.size()
                                        ? published.get(i)
                                        : parts.get(i).path());
            } catch (IOException stays) {
                // Its name says that it is unfinished.
            }
        }
    }
}
