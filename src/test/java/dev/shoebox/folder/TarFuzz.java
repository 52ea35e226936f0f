package dev.shoebox.folder;

import dev.shoebox.folder.Packing.Format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** A tar, plain and compressed. */
final class TarFuzz {
    private TarFuzz() {}

    static List<byte[]> seeds() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        for (Format format : List.of(Format.TAR)) {
            seeds.add(Packing.packed(format, Packing.FILES));
        }
        seeds.add(HostileListingTest.withExtendedHeader("mtime=1e30", true));
        seeds.add(HostileListingTest.withExtendedHeader("gid=nobody", false));
        return seeds;
    }

    public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
        Drained.ofFile(bytes);
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        Drained.ofFile(packed.toByteArray());
    }
}
