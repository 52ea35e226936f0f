package dev.shoebox.archive;

import dev.shoebox.archive.packing.Member;
import dev.shoebox.destination.Destination;
import dev.shoebox.photos.naming.AlbumPath;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.ReadOnlyChannel;
import dev.shoebox.photos.source.SourceException;
import dev.shoebox.text.Sha256;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The files of a backup, their sidecars, and a list of albums. */
public final class BackupFiles implements MemberSource {
    /** Lists which files are in which albums, for people and spreadsheets. */
    static final String ALBUMS = "ALBUMS.csv";

    /** Larger files are not sidecars. */
    private static final long LARGEST_SIDECAR = 1 << 20;

    /** Tells spreadsheets that the file is UTF-8. */
    private static final char BYTE_ORDER_MARK = '\ufeff';

    private static final List<String> SIDECARS = List.of(".xmp", ".json");

    private final Destination backup;
    private final String name;
    private final Map<String, byte[]> made = new ConcurrentHashMap<>();
    private Map<AlbumPath, Set<String>> albums = Map.of();

    /** The names that differ in the export, by the name in the backup; {@link #origins} is the reverse. */
    private final Map<String, String> renamed = new HashMap<>();

    private final Map<String, String> origins = new ConcurrentHashMap<>();

    /** @param name the name of the backup, for people */
    public BackupFiles(Destination backup, String name) {
        this.backup = backup;
        this.name = name;
    }

    /**
     * Returns the members of an export in order: the chosen files, each with its sidecars, then the list of albums, if
     * there are any.
     */
    public List<Member> with(ChosenFiles chosen) throws IOException {
        List<Member> all = new ArrayList<>();
        Set<String> there = new HashSet<>();
        chosen.members().forEach(member -> there.add(member.path()));
        for (Member member : chosen.members()) {
            all.add(member);
            for (String extension : SIDECARS) {
                String path = member.path() + extension;
                if (!there.contains(path)) {
                    sidecar(path, member.modified()).ifPresent(all::add);
                }
            }
        }
        albums = chosen.albums();
        if (!albums.isEmpty() && !there.contains(ALBUMS)) {
            Instant newest = chosen.members().stream()
                    .map(Member::modified)
                    .max(Instant::compareTo)
                    .orElse(Instant.EPOCH);
            all.add(list(newest));
        }
        return all;
    }

    private static Member member(String path, long size, String sha256, Instant modified) {
        Instant seconds = modified.truncatedTo(ChronoUnit.SECONDS);
        return new Member(path, size, sha256, seconds, LocalDateTime.ofInstant(seconds, ZoneOffset.UTC));
    }

    /** Sidecars are not recorded: they have the content that they have now, and the date of their photo. */
    private Optional<Member> sidecar(String path, Instant modified) throws IOException {
        Optional<MediaFile> lying = backup.holdings().lying(path).filter(file -> file.size() <= LARGEST_SIDECAR);
        if (lying.isEmpty()) {
            return Optional.empty();
        }
        try (SeekableByteChannel content = backup.holdings().open(path)) {
            return Optional.of(member(path, lying.get().size(), hash(content), modified));
        } catch (IOException unreadable) {
            requireThere();
            return Optional.empty();
        }
    }

    private static String hash(SeekableByteChannel content) throws IOException {
        MessageDigest digest = Sha256.digest();
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        while (content.read(buffer.clear()) >= 0) {
            digest.update(buffer.flip());
        }
        return Sha256.hex(digest);
    }

    private Member list(Instant modified) throws IOException {
        StringBuilder text = new StringBuilder().append(BYTE_ORDER_MARK).append("album,file\r\n");
        albums.forEach((album, paths) -> paths.forEach(path -> text.append(cell(album.shown()))
                .append(',')
                .append(cell(renamed.getOrDefault(path, path)))
                .append("\r\n")));
        byte[] list = text.toString().getBytes(StandardCharsets.UTF_8);
        made.put(ALBUMS, list);
        return member(ALBUMS, list.length, hash(made(list)), modified);
    }

    /** Applies a file's name in the export to the list of albums and to its sidecars. */
    void rename(String from, String to) {
        renamed.put(from, to);
    }

    @Override
    public Member ready(Member member) throws IOException {
        if (made.containsKey(member.path())) {
            return list(member.modified());
        }
        for (String extension : SIDECARS) {
            String path = member.path();
            if (path.endsWith(extension)) {
                String photo = path.substring(0, path.length() - extension.length());
                String name = renamed.getOrDefault(photo, photo) + extension;
                origins.put(name, path);
                return new Member(name, member.size(), member.sha256(), member.modified(), member.wallClock());
            }
        }
        return member;
    }

    /** Quotes a cell (RFC 4180). */
    private static String cell(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    @Override
    public SeekableByteChannel open(Member member) throws IOException {
        byte[] bytes = made.get(member.path());
        return bytes == null ? backup.holdings().open(origins.getOrDefault(member.path(), member.path())) : made(bytes);
    }

    private static SeekableByteChannel made(byte[] bytes) {
        return new ReadOnlyChannel(bytes.length) {
            @Override
            protected int read(long from, ByteBuffer into) {
                int count = (int) Math.min(into.remaining(), bytes.length - from);
                into.put(bytes, (int) from, count);
                return count;
            }
        };
    }

    @Override
    public void requireThere() throws IOException {
        if (backup.id().isEmpty()) {
            throw new SourceException.Lost(
                    "The backup " + name + " is gone. Connect its drive, then run the command again.", null);
        }
    }
}
