package dev.shoebox.simulator.phone;

import dev.shoebox.simulator.library.SimulatedLibrary;
import dev.shoebox.simulator.library.TreeNode;
import dev.shoebox.simulator.wire.SimulatedCable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Responds to AFC requests: reads the library subject to the phone's faults, and refuses every change. */
final class AfcFiles {
    private static final int READ_FOLDER = 0x03;
    private static final int FILE_INFO = 0x0a;
    private static final int DEVICE_INFO = 0x0b;
    private static final int FILE_OPEN = 0x0d;
    private static final int FILE_OPENED = 0x0e;
    private static final int FILE_READ = 0x0f;
    private static final int FILE_SEEK = 0x11;
    private static final int FILE_TELL = 0x12;
    private static final int FILE_TOLD = 0x13;
    private static final int FILE_CLOSE = 0x14;
    private static final int FILE_HASH = 0x1d;
    private static final int FILE_HASH_WITH_RANGE = 0x1f;
    private static final int FILE_READ_WITH_OFFSET = 0x27;

    /**
     * The maximum response to one read. Libimobiledevice passes on the length that its caller requests, which may be a
     * whole film.
     */
    private static final int LONGEST_READ = 16 << 20;

    private static final int BLOCK_SIZE = 4096;
    private static final long READ_ONLY = 1;

    private static final class Handle {
        private final String path;
        private final SimulatedLibrary.Content content;
        private final long end;
        private long position;

        Handle(String path, SimulatedLibrary.Content content, long end) {
            this.path = path;
            this.content = content;
            this.end = end;
        }

        long size() throws IOException {
            return Math.min(end, content.size());
        }
    }

    private final PhoneSettings settings;
    private final Observed observed;
    private final SimulatedCable cable;
    private final SimulatedLibrary library;
    private final Faults faults;
    private final Map<Long, Handle> handles = new HashMap<>();
    private final SimulatedLibrary.Scratch scratch = new SimulatedLibrary.Scratch();
    private long lastHandle;

    AfcFiles(PhoneSettings settings, Faults faults, Observed observed, SimulatedCable cable, SimulatedLibrary library) {
        this.cable = cable;
        this.settings = settings;
        this.observed = observed;
        this.library = library;
        this.faults = faults;
    }

    /** @param arguments the bytes after the header, little-endian */
    AfcReply answer(long operation, ByteBuffer arguments) {
        try {
            return switch ((int) operation) {
                case READ_FOLDER -> readFolder(path(arguments));
                case FILE_INFO -> fileInfo(path(arguments));
                case DEVICE_INFO -> deviceInfo();
                case FILE_OPEN -> open(arguments.getLong(), path(arguments));
                case FILE_READ -> read(arguments.getLong(), arguments.getLong());
                case FILE_SEEK -> seek(arguments.getLong(), arguments.getLong(), arguments.getLong());
                case FILE_TELL -> tell(arguments.getLong());
                case FILE_CLOSE -> close(arguments.getLong());
                case FILE_HASH -> hash(0, Long.MAX_VALUE, path(arguments));
                case FILE_HASH_WITH_RANGE -> hash(arguments.getLong(), arguments.getLong(), path(arguments));
                case FILE_READ_WITH_OFFSET -> readAt(arguments.getLong(), arguments.getLong(), arguments.getLong());
                // Operations that write, truncate, remove, create, rename, link, or set a size, time or hint.
                case 0x05, 0x06, 0x07, 0x08, 0x09, 0x0c, 0x10, 0x15, 0x18, 0x1c, 0x1e, 0x20, 0x22 -> refuseToWrite();
                // Operations on the connection only: block sizes and locks.
                case 0x04, 0x16, 0x17, 0x19, 0x1a, 0x1b, 0x21 -> AfcReply.status(AfcReply.NOT_SUPPORTED);
                default -> AfcReply.status(AfcReply.UNKNOWN_PACKET_TYPE);
            };
        } catch (BufferUnderflowException e) {
            return AfcReply.status(AfcReply.INVALID_ARGUMENT);
        } catch (CharacterCodingException | InvalidPathException e) {
            return AfcReply.status(AfcReply.OBJECT_NOT_FOUND);
        } catch (AccessDeniedException e) {
            return AfcReply.status(AfcReply.PERMISSION_DENIED);
        } catch (IOException e) {
            return AfcReply.status(AfcReply.READ_ERROR);
        }
    }

    private AfcReply refuseToWrite() {
        observed.writeRefused();
        return AfcReply.status(AfcReply.PERMISSION_DENIED);
    }

    /**
     * Decodes the bytes up to NUL or the end as ISO 8859-1, so that any name survives. Removes empty parts and dots,
     * and never leaves the root.
     */
    private static String path(ByteBuffer arguments) {
        ByteBuffer rest = arguments.slice();
        int length = 0;
        while (length < rest.remaining() && rest.get(length) != 0) {
            length++;
        }
        byte[] raw = new byte[length];
        rest.get(raw);
        return AfcPath.normalized(new String(raw, StandardCharsets.ISO_8859_1));
    }

    private static String decoded(String path) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(path.getBytes(StandardCharsets.ISO_8859_1)))
                .toString();
    }

    private AfcReply readFolder(String raw) throws IOException {
        String path = decoded(raw);
        Optional<Integer> status = faults.folderStatus(path);
        if (status.isPresent()) {
            return AfcReply.status(status.get());
        }
        if (faults.isDenied(path)) {
            return AfcReply.status(AfcReply.PERMISSION_DENIED);
        }
        Optional<TreeNode> node = library.find(path);
        if (node.isEmpty() || node.get().kind() != TreeNode.Kind.FOLDER) {
            return AfcReply.status(AfcReply.OBJECT_NOT_FOUND);
        }
        ByteArrayOutputStream names = new ByteArrayOutputStream();
        names.writeBytes(new byte[] {'.', 0, '.', '.', 0});
        for (String name : library.list(path)) {
            names.writeBytes(name.getBytes(StandardCharsets.UTF_8));
            names.write(0);
        }
        for (byte[] name : faults.hostile().in(path)) {
            names.writeBytes(name);
            names.write(0);
        }
        return AfcReply.data(names.toByteArray());
    }

    private AfcReply fileInfo(String raw) throws IOException {
        Optional<TreeNode> found = faults.hostile().find(raw);
        if (found.isEmpty()) {
            String path = decoded(raw);
            if (faults.isDenied(path)) {
                return AfcReply.status(AfcReply.PERMISSION_DENIED);
            }
            found = library.find(path).map(node -> faults.reported(path, node));
        }
        if (found.isEmpty()) {
            return AfcReply.status(AfcReply.OBJECT_NOT_FOUND);
        }
        TreeNode node = found.get();
        StringBuilder info = new StringBuilder();
        append(info, "st_size", node.size());
        append(info, "st_blocks", (node.size() + 511) / 512);
        append(info, "st_nlink", node.links());
        append(info, "st_ifmt", node.kind().format());
        append(info, "st_mtime", nanos(node.modified()));
        append(info, "st_birthtime", nanos(node.born()));
        if (node.kind() == TreeNode.Kind.LINK) {
            append(info, "LinkTarget", node.target());
        }
        return AfcReply.data(info.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void append(StringBuilder info, String key, Object value) {
        info.append(key).append('\0').append(value).append('\0');
    }

    private static long nanos(Instant time) {
        return time.getEpochSecond() * 1_000_000_000 + time.getNano();
    }

    private AfcReply deviceInfo() {
        StringBuilder info = new StringBuilder();
        append(info, "Model", settings.identity().productType());
        append(info, "FSTotalBytes", settings.volume().capacityBytes());
        append(info, "FSFreeBytes", settings.volume().freeBytes());
        append(info, "FSBlockSize", BLOCK_SIZE);
        return AfcReply.data(info.toString().getBytes(StandardCharsets.UTF_8));
    }

    private AfcReply open(long mode, String raw) throws IOException {
        if (mode != READ_ONLY) {
            return refuseToWrite();
        }
        if (handles.size() >= faults.openFileLimit()) {
            return AfcReply.status(AfcReply.NO_RESOURCES);
        }
        Optional<SimulatedLibrary.Content> hostile = faults.hostile().open(raw);
        if (hostile.isPresent()) {
            return opened(raw, hostile.get());
        }
        String path = decoded(raw);
        Optional<TreeNode> node = library.find(path);
        if (node.isEmpty()) {
            return AfcReply.status(AfcReply.OBJECT_NOT_FOUND);
        }
        if (node.get().kind() == TreeNode.Kind.FOLDER) {
            return AfcReply.status(AfcReply.OBJECT_IS_FOLDER);
        }
        OptionalInt refusal = faults.refusalToOpen(path);
        return refusal.isPresent()
                ? AfcReply.status(refusal.getAsInt())
                : opened(path, faults.held(path, library.open(path)));
    }

    /** Hashes what the phone itself reads, without faults of the cable. */
    private AfcReply hash(long start, long length, String raw) throws IOException {
        if (faults.hashing().refuses()) {
            return AfcReply.status(AfcReply.NOT_SUPPORTED);
        }
        if (start < 0 || length < 0) {
            return AfcReply.status(AfcReply.INVALID_ARGUMENT);
        }
        String path = decoded(raw);
        Optional<TreeNode> node = library.find(path);
        if (node.isEmpty()) {
            return AfcReply.status(AfcReply.OBJECT_NOT_FOUND);
        }
        if (node.get().kind() == TreeNode.Kind.FOLDER) {
            return AfcReply.status(AfcReply.OBJECT_IS_FOLDER);
        }
        OptionalInt refusal = faults.refusalToOpen(path);
        if (faults.hashing().refuses(path)) {
            return AfcReply.status(AfcReply.READ_ERROR);
        }
        if (refusal.isPresent()) {
            return AfcReply.status(refusal.getAsInt());
        }
        try (SimulatedLibrary.Content content = faults.held(path, library.open(path))) {
            long reach = Math.min(length, Long.MAX_VALUE - start);
            return AfcReply.data(faults.hashing().of(content, start, reach, cable));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return AfcReply.status(AfcReply.READ_ERROR);
        }
    }

    private AfcReply readAt(long number, long length, long offset) throws IOException {
        Handle handle = handles.get(number);
        if (!faults.hashing().readsAtOffsets()) {
            return AfcReply.status(AfcReply.UNKNOWN_PACKET_TYPE);
        }
        if (handle == null || offset < 0) {
            return AfcReply.status(AfcReply.INVALID_ARGUMENT);
        }
        long position = handle.position;
        handle.position = offset;
        AfcReply reply = read(number, length);
        handle.position = position;
        return reply;
    }

    private AfcReply opened(String path, SimulatedLibrary.Content content) {
        handles.put(++lastHandle, new Handle(path, content, faults.end(path)));
        observed.opened();
        return AfcReply.number(FILE_OPENED, lastHandle);
    }

    private AfcReply read(long number, long length) throws IOException {
        Handle handle = handles.get(number);
        if (handle == null || length < 0) {
            return AfcReply.status(AfcReply.INVALID_ARGUMENT);
        }
        OptionalInt error = faults.readError(handle.path, handle.position);
        if (error.isPresent()) {
            return AfcReply.status(error.getAsInt());
        }
        long rest = Math.max(0, handle.size() - handle.position);
        int count = (int) Math.min(Math.min(length, rest), Math.min(LONGEST_READ, faults.readLimit()));
        ByteBuffer[] data = handle.content.read(handle.position, count, scratch);
        data = faults.flipped(handle.path, handle.position, data);
        long start = handle.position;
        for (ByteBuffer part : data) {
            handle.position += part.remaining();
        }
        observed.read(handle.path, handle.position - start);
        faults.wasRead(handle.path);
        return AfcReply.fileData(data);
    }

    private AfcReply seek(long number, long whence, long offset) throws IOException {
        Handle handle = handles.get(number);
        if (handle == null || whence < 0 || whence > 2) {
            return AfcReply.status(AfcReply.INVALID_ARGUMENT);
        }
        long base = List.of(0L, handle.position, handle.content.size()).get((int) whence);
        if (base + offset < 0) {
            return AfcReply.status(AfcReply.INVALID_ARGUMENT);
        }
        handle.position = base + offset;
        return AfcReply.status(AfcReply.SUCCESS);
    }

    private AfcReply tell(long number) {
        Handle handle = handles.get(number);
        return handle == null
                ? AfcReply.status(AfcReply.INVALID_ARGUMENT)
                : AfcReply.number(FILE_TOLD, handle.position);
    }

    private AfcReply close(long number) throws IOException {
        Handle handle = handles.remove(number);
        if (handle == null) {
            return AfcReply.status(AfcReply.INVALID_ARGUMENT);
        }
        observed.closed();
        handle.content.close();
        return AfcReply.status(AfcReply.SUCCESS);
    }

    /** Called at the end of the connection; returns the number of files that the client had left open. */
    int closeAll() {
        for (Handle handle : handles.values()) {
            try {
                handle.content.close();
            } catch (IOException e) {
                // Opened for reading only: nothing can be lost.
            }
        }
        return handles.size();
    }
}
