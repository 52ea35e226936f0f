package dev.shoebox.destination;

import dev.shoebox.Proof;
import dev.shoebox.destination.DelegatingDisk.DelegatingOut;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.destination.records.Manifest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * The protocol with one defect. Each mutant stands between the destination and the disk, and drops, delays or changes
 * calls as a protocol with this defect would.
 */
// What changes a disk is made anew for each mutant.
@SuppressWarnings("ImmutableEnumChecker")
enum Mutant implements UnaryOperator<Disk> {
    NO_SECOND_FORCE(disk -> new WrongDisk.Forcing(disk, WrongDisk::isPhoto)),
    SECOND_FORCE_OF_ONE_PHOTO_IN_TWO(
            disk -> new WrongDisk.Forcing(disk, path -> WrongDisk.isPhoto(path) && path.hashCode() % 2 == 0)),
    NO_FIRST_FORCE(disk -> new WrongDisk.Forcing(disk, WrongDisk::isPartial)),
    NO_FORCE_AT_ALL(disk -> new WrongDisk.Forcing(disk, path -> WrongDisk.isPartial(path) || WrongDisk.isPhoto(path))),
    JOURNAL_NOT_FORCED(disk -> new WrongDisk.Forcing(disk, Journal.FILE::equals)),
    MANIFEST_NOT_FORCED(disk -> new WrongDisk.Forcing(disk, Manifest.FILE::equals)),
    IDENTITY_NOT_FORCED(disk -> new WrongDisk.Forcing(disk, Identity.FILE::equals)),
    NO_FOLDER_FORCED(disk -> new WrongDisk.ForcingFolders(disk, folder -> true)),
    PARENT_FOLDERS_NOT_FORCED(disk -> new WrongDisk.ForcingFolders(disk, folder -> !folder.contains("/"))),
    OUR_OWN_FOLDER_NOT_FORCED(disk -> new WrongDisk.ForcingFolders(disk, Identity.FOLDER::equals)),
    STAGING_FOLDER_NOT_FORCED(disk -> new WrongDisk.ForcingFolders(disk, Identity.STAGING::equals)),
    MANIFEST_BEFORE_SECOND_FORCE(disk -> new WrongDisk.Late(disk, Manifest.FILE)),
    CATALOGUE_BEFORE_DATA(disk -> new WrongDisk.Late(disk, Journal.FILE)),
    FAILED_FORCE_IGNORED(disk -> new DelegatingDisk(disk) {
        @Override
        public void force(String path) {
            WrongDisk.ignoring(() -> super.force(path));
        }

        @Override
        public Out create(String path) throws IOException {
            return new DelegatingOut(super.create(path)) {
                @Override
                public void force() {
                    WrongDisk.ignoring(super::force);
                }
            };
        }
    }),
    FAILED_FORCE_TRIED_AGAIN(disk -> new DelegatingDisk(disk) {
        @Override
        public void force(String path) throws IOException {
            WrongDisk.again(() -> super.force(path));
        }

        @Override
        public Out create(String path) throws IOException {
            return new DelegatingOut(super.create(path)) {
                @Override
                public void force() throws IOException {
                    WrongDisk.again(super::force);
                }
            };
        }
    }),
    FAILED_FOLDER_FORCE_IGNORED(
            disk -> new DelegatingDisk(disk) {
                @Override
                public void forceFolder(String path) {
                    WrongDisk.ignoring(() -> super.forceFolder(path));
                }
            },
            DiskProfile.EXT2,
            DiskProfile.EXFAT),
    PUBLISHING_REPLACES(WrongDisk.Replacing::new),
    PUBLISHED_BY_COPYING(WrongDisk.Copying::new, DiskProfile.EXT4, DiskProfile.EXT2),
    SHORT_WRITE_IGNORED(disk -> new WrongDisk.Partials(disk) {
        @Override
        void write(Disk.Out out, ByteBuffer bytes) throws IOException {
            if (bytes.remaining() > 40) {
                ByteBuffer most = bytes.slice(bytes.position(), bytes.remaining() - 10);
                bytes.position(bytes.limit());
                out.write(most);
            } else {
                out.write(bytes);
            }
        }
    }),
    FAILED_WRITE_IGNORED(disk -> new WrongDisk.Partials(disk) {
        @Override
        void write(Disk.Out out, ByteBuffer bytes) throws IOException {
            try {
                out.write(bytes);
            } catch (IOException e) {
                bytes.position(bytes.limit());
            }
        }
    }),
    /** Without a first force; recovery would expose that alone by size or content. */
    ADOPTED_BY_SIZE(
            disk -> new WrongDisk.Adopting(new WrongDisk.Forcing(disk, WrongDisk::isPartial), true), DiskProfile.FAT),
    ADOPTED_UNSEEN(disk -> new WrongDisk.Adopting(disk, false), DiskProfile.FAT),
    TORN_MANIFEST_LINE_KEPT(disk -> new WrongDisk.Keeping(disk, Manifest.FILE)),
    MANIFEST_WRITTEN_ANEW(WrongDisk.Rewriting::new, DiskProfile.EXT2, DiskProfile.EXFAT),
    /** Recovery finds other content in every partial file, and so no photo with the same bytes. */
    PARTIAL_FILES_THAT_CAME_BACK_SWEPT(
            disk -> new DelegatingDisk(disk) {
                @Override
                public SeekableByteChannel read(String path) throws IOException {
                    return super.read(WrongDisk.isPartial(path) ? Journal.FILE : path);
                }
            },
            DiskProfile.FAT,
            DiskProfile.EXFAT),
    PHOTOS_NAMED_WITHOUT_LOOKING(WrongDisk.OwnFilesAlone::new),
    /** Does not check whether the name is free, like a plain move. */
    PUBLISHED_WITHOUT_LOOKING(
            disk -> new WrongDisk.Replacing(disk) {
                @Override
                public List<String> names(String folder) throws IOException {
                    return folder.startsWith(Identity.FOLDER) ? super.names(folder) : List.of();
                }
            },
            DiskProfile.FAT,
            DiskProfile.EXFAT,
            DiskProfile.NO_LINKS);

    private final Function<Disk, Disk> change;
    private final List<DiskProfile> profiles;

    Mutant(Function<Disk, Disk> change, DiskProfile... profiles) {
        this.change = change;
        this.profiles = List.of(profiles.length == 0 ? DiskProfile.values() : profiles);
    }

    /** The kinds of each fault of a trial: all of them, or in a sample those that can show the defect. */
    List<List<Faults.Kind>> faults(Random random) {
        List<Faults.Kind> powerCut = List.of(Faults.Kind.CRASHES_BEFORE, Faults.Kind.CRASHES_AFTER);
        List<List<Faults.Kind>> any = Collections.nCopies(1 + random.nextInt(2), List.of(Faults.Kind.values()));
        return switch (this) {
            case FAILED_FOLDER_FORCE_IGNORED ->
                Proof.isFull() ? any : List.of(List.of(Faults.Kind.FAILS_ONCE), powerCut);
            case MANIFEST_BEFORE_SECOND_FORCE, ADOPTED_UNSEEN -> Proof.isFull() ? any : List.of(powerCut);
            default -> any;
        };
    }

    /** Where the faults of a trial occur: at any of these operations, or in a sample where they can show the defect. */
    int[] places(List<String> steps) {
        String step =
                switch (this) {
                    case FAILED_FOLDER_FORCE_IGNORED -> "FORCE_FOLDER ";
                    case MANIFEST_BEFORE_SECOND_FORCE -> "FORCE";
                    default -> "";
                };
        return IntStream.range(0, steps.size())
                .filter(at -> Proof.isFull() || steps.get(at).startsWith(step))
                .toArray();
    }

    /** The disks on which the defect shows. */
    List<DiskProfile> profiles() {
        return profiles;
    }

    @Override
    public Disk apply(Disk disk) {
        return change.apply(disk);
    }
}
