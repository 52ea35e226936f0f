package dev.shoebox.destination.disk;

import java.nio.ByteBuffer;
import java.nio.file.OpenOption;
import java.util.Arrays;

/** Asks for a file to be read from the disk itself, past the memory of the system. */
final class DirectIo {
    /** {@code ExtendedOpenOption.DIRECT} of the JDK; where that is unknown, an option that no file system supports. */
    static final OpenOption OPTION = option();

    private static final int READ_BYTES = 1 << 20;

    private DirectIo() {}

    /** By its name: compilers from Java 25 on warn of every mention of a type that a release may drop. */
    private static OpenOption option() {
        OpenOption none = new OpenOption() {};
        try {
            Object[] options =
                    Class.forName("com.sun.nio.file.ExtendedOpenOption").getEnumConstants();
            return Arrays.stream(options)
                    .filter(option -> option.toString().equals("DIRECT"))
                    .map(OpenOption.class::cast)
                    .findAny()
                    .orElse(none);
        } catch (ClassNotFoundException e) {
            return none;
        }
    }

    /** For whole blocks, and placed as such reading wants it. */
    static ByteBuffer buffer(int block) {
        int size = Math.max(block, READ_BYTES - READ_BYTES % block);
        return ByteBuffer.allocateDirect(size + block - 1).alignedSlice(block);
    }
}
