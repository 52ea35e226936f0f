package dev.shoebox.device;

import dev.shoebox.device.afc.AfcConnection;
import dev.shoebox.device.transport.DeviceException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/** The cost of requesting and receiving 256 KiB, beside only moving the same bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 7, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class AfcReadBenchmark {
    private static final int PIECE = 256 << 10;

    private final ByteBuffer recorded = ByteBuffer.allocateDirect(PIECE);
    private final ByteBuffer landing = ByteBuffer.allocateDirect(PIECE);
    private final AfcConnection connection = new AfcConnection(new PlayedBack(new byte[PIECE]));

    @Benchmark
    public void askAndTake256KiB(Blackhole taken) throws DeviceException {
        connection.askRead(71, landing.clear(), taken::consume);
        connection.receive();
    }

    @Benchmark
    public ByteBuffer limitCopy() {
        return landing.clear().put(recorded.clear());
    }
}
