package dev.shoebox.device.afc;

import dev.shoebox.device.PlayedBack;
import dev.shoebox.device.afc.Afc.Request;
import dev.shoebox.device.transport.DeviceException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The cost of the AFC codec for each file and each answer, without a phone. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 7, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class AfcBenchmark {
    private static final String PATH = "DCIM/100APPLE/IMG_0001.HEIC";
    private static final int DEPTH = 64;

    private final byte[] name = PATH.getBytes(UTF_8);
    private final byte[] info = ("st_size\0002500000\0st_blocks\0004883\0st_nlink\0001\0st_ifmt\0S_IFREG\0"
                    + "st_mtime\0001714731072123456789\0st_birthtime\0001714731072000000000\0")
            .getBytes(UTF_8);
    private final ByteBuffer requests = ByteBuffer.allocateDirect(4096);
    private final ByteBuffer header =
            ByteBuffer.wrap(PlayedBack.header(7, Afc.HEADER + 256 * 1024).array());
    private final ByteBuffer answer = ByteBuffer.allocateDirect(info.length).put(info);
    private final AfcConnection connection = new AfcConnection(new PlayedBack(info));

    /** All requests for one photo of 2.5 MB: open, ten reads, close, file info. */
    @Benchmark
    public ByteBuffer encodeRequestsOfAPhoto() {
        requests.clear();
        Afc.putPath(requests, 1, Request.FILE_OPEN, name);
        for (int read = 0; read < 10; read++) {
            Afc.putRead(requests, 2 + read, 71, 256 * 1024);
        }
        Afc.putHandle(requests, 12, Request.CLOSE, 71);
        Afc.putPath(requests, 13, Request.GET_FILE_INFO, name);
        return requests;
    }

    @Benchmark
    public Optional<Afc.Header> parseHeader() {
        return Afc.header(header.clear());
    }

    @Benchmark
    public FileInfo parseFileInfo() {
        return FileInfo.of(answer.clear());
    }

    /** Listing: 64 requests in flight, each answer received and decoded; the time is for one file. */
    @Benchmark
    @OperationsPerInvocation(DEPTH)
    public void askAndTakeFileInfo(Blackhole files) throws DeviceException {
        for (int asked = 0; asked < DEPTH; asked++) {
            connection.askPath(
                    Request.GET_FILE_INFO,
                    PATH,
                    reply -> files.consume(FileInfo.of(reply.data()).file(PATH)));
        }
        connection.drain();
    }
}
