package dev.shoebox.schedule;

import dev.shoebox.system.Drives;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** A table of mounts: the person who mounts a drive chooses the name in it. */
final class MountsFuzz {
    private MountsFuzz() {}

    static List<byte[]> seeds() {
        return Stream.of(
                        "/dev/sda1 / ext4 rw,relatime 0 0\nproc /proc proc rw 0 0\n",
                        "/dev/sdb1 /media/me/My\\040Drive\\011\\134x vfat rw 0 0\n",
                        "server:/x /net/x nfs4 rw 0 0\n/dev/sdc1 /media/\u00c3\u00bc exfat rw 0 0\n")
                .map(text -> text.getBytes(ISO_8859_1))
                .toList();
    }

    public static void fuzzerTestOneInput(byte[] bytes) {
        List<Path> mounts = Drives.mounts(new String(bytes, ISO_8859_1));
        new Drives(folder -> Optional.empty(), mounts).find(Path.of("/media/me/usb/iPhone"), "8f1c");
    }
}
