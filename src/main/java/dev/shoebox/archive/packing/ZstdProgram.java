package dev.shoebox.archive.packing;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program {@code zstd} as a compressing and a decompressing stream. Its memory use is its own. */
final class ZstdProgram {
    static final String NAME = "zstd";

    private static final int CHUNK = 1 << 18;

    /** The time limit for ending after its input ends, in seconds: it only has its last block to write. */
    private static final int LONGEST_END = 600;

    private final Path program;

    ZstdProgram(Path program) {
        this.program = program;
    }

    /**
     * Compresses into a stream, which is closed with this one.
     *
     * @throws IOException if the program does not start
     */
    Compressing into(OutputStream packed) throws IOException {
        return new Compressing(start("-q", "-c", "-"), packed);
    }

    /** Decompresses a stream, which is closed with this one. */
    InputStream from(InputStream packed) throws IOException {
        return new Decompressing(start("-q", "-d", "-c", "-"), packed);
    }

    private Process start(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(options));
        return new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
    }

    /** Copies bytes on its own thread, and keeps the exception if that fails. */
    private static final class Pump implements Runnable {
        private final InputStream from;
        private final OutputStream to;
        private final Closeable end;
        private final Thread thread = new Thread(this, "shoebox-zstd");
        private volatile IOException failure;

        /** @param end the program's stream to close after copying or a failure, or it would wait for ever */
        Pump(InputStream from, OutputStream to, Closeable end) {
            this.from = from;
            this.to = to;
            this.end = end;
            thread.setDaemon(true);
        }

        Pump begin() {
            thread.start();
            return this;
        }

        @Override
        public void run() {
            try (end) {
                byte[] chunk = new byte[CHUNK];
                for (int count = from.read(chunk); count >= 0; count = from.read(chunk)) {
                    to.write(chunk, 0, count);
                }
            } catch (IOException failed) {
                failure = failed;
            }
        }

        /** Waits until everything is copied. */
        void await() throws IOException {
            try {
                thread.join();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", stop);
            }
            if (failure != null) {
                throw failure;
            }
        }
    }

    private static void requireEnded(Process process) throws IOException {
        try {
            if (!process.waitFor(LONGEST_END, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("the program zstd failed");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stop);
        }
    }

    /** Bytes written to it come out compressed. */
    static final class Compressing extends FilterOutputStream {
        private final Process process;
        private final OutputStream packed;
        private final Pump pump;
        private boolean closed;

        private Compressing(Process process, OutputStream packed) {
            super(process.getOutputStream());
            this.process = process;
            this.packed = packed;
            this.pump = new Pump(process.getInputStream(), packed, process.getInputStream()).begin();
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            try {
                out.write(bytes, from, count);
            } catch (IOException broken) {
                // It broke because its output failed or because it died. The former explains more.
                process.destroyForcibly();
                pump.await();
                throw broken;
            }
        }

        @Override
        public void close() throws IOException {
            if (closed) {
                return;
            }
            closed = true;
            try {
                super.close();
                pump.await();
                requireEnded(process);
            } catch (IOException broken) {
                abandon();
                pump.await();
                throw broken;
            }
            packed.close();
        }

        /** Abandons the stream, whose output is useless. */
        void abandon() {
            closed = true;
            process.destroyForcibly();
        }
    }

    private static final class Decompressing extends FilterInputStream {
        private final Process process;
        private final InputStream packed;

        Decompressing(Process process, InputStream packed) {
            super(process.getInputStream());
            this.process = process;
            this.packed = packed;
            new Pump(packed, process.getOutputStream(), process.getOutputStream()).begin();
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int count) throws IOException {
            int got = super.read(into, from, count);
            if (got < 0) {
                requireEnded(process);
            }
            return got;
        }

        @Override
        public void close() throws IOException {
            process.destroyForcibly();
            try (packed) {
                super.close();
            }
        }
    }
}
