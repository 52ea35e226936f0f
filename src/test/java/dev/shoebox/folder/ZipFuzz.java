package dev.shoebox.folder;

import dev.shoebox.folder.Packing.Format;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A zip, with its central directory or without. */
final class ZipFuzz {
    private ZipFuzz() {}

    static List<byte[]> seeds() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        for (Format format : List.of(Format.ZIP, Format.STORED_ZIP)) {
            seeds.add(Packing.packed(format, Packing.FILES));
        }
        return seeds;
    }

    public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
        Drained.ofFile(bytes);
    }
}
