package dev.shoebox.simulator;

import dev.shoebox.simulator.library.SimulatedLibrary;
import dev.shoebox.simulator.library.TreeNode;
import dev.shoebox.simulator.phone.SimulatedPhone;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/** The media of a simulated phone as a folder of real files with their times, for tests that need no cable. */
public final class LaidOut {
    private LaidOut() {}

    public static void in(Path folder, SimulatedPhone phone) throws IOException {
        copy(phone.settings().library(), "", folder);
    }

    /** Only files below one folder of the phone. */
    public static void in(Path folder, SimulatedPhone phone, String below) throws IOException {
        copy(phone.settings().library(), below, folder.resolve(below));
    }

    private static void copy(SimulatedLibrary library, String folder, Path into) throws IOException {
        Files.createDirectories(into);
        for (String name : library.list(folder)) {
            String path = folder.isEmpty() ? name : folder + '/' + name;
            Optional<TreeNode> node = library.find(path);
            if (node.orElseThrow().kind() == TreeNode.Kind.FOLDER) {
                copy(library, path, into.resolve(name));
            } else {
                Path file = into.resolve(name);
                try (SimulatedLibrary.Content content = library.open(path);
                        OutputStream out = Files.newOutputStream(file);
                        WritableByteChannel channel = Channels.newChannel(out)) {
                    SimulatedLibrary.Scratch scratch = new SimulatedLibrary.Scratch();
                    for (long at = 0; at < content.size(); at += 1 << 20) {
                        int count = (int) Math.min(1 << 20, content.size() - at);
                        for (ByteBuffer part : content.read(at, count, scratch)) {
                            channel.write(part.duplicate());
                        }
                    }
                }
                Files.setLastModifiedTime(file, FileTime.from(node.orElseThrow().modified()));
            }
        }
    }
}
