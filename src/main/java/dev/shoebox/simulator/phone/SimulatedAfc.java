package dev.shoebox.simulator.phone;

import dev.shoebox.simulator.library.SimulatedLibrary;
import dev.shoebox.simulator.wire.DaemonThread;
import dev.shoebox.simulator.wire.DataGate;
import dev.shoebox.simulator.wire.Wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One connection to the phone's AFC service. One thread reads ahead, so that latency counts from the arrival of a
 * request; another responds strictly in order.
 */
final class SimulatedAfc {
    /** Requests that read are much shorter; requests that write may be this long. */
    private static final int LONGEST_REQUEST = 8 << 20;

    /** The number of requests read ahead. A client that sends more has to wait, as on a full socket. */
    private static final int READ_AHEAD = 4096;

    /** The size of a response after which other connections get their turn. */
    private static final int SLICE = 256 << 10;

    /** Responses up to this size are gathered into one write. */
    private static final int SMALL = 16 << 10;

    private record Request(long operation, long packet, ByteBuffer body, long ready) {}

    private final SimulatedPhone phone;
    private final Wire wire;
    private final AfcFiles files;
    private final BlockingQueue<Request> requests = new ArrayBlockingQueue<>(READ_AHEAD);
    private final AtomicInteger unanswered = new AtomicInteger();
    private final ByteBuffer gathered = ByteBuffer.allocateDirect(4 * SMALL).order(ByteOrder.LITTLE_ENDIAN);

    /** @param library the files to show */
    SimulatedAfc(SimulatedPhone phone, Wire wire, SimulatedLibrary library) {
        this.phone = phone;
        this.wire = wire;
        this.files = new AfcFiles(phone.settings(), phone.faults(), phone.observed(), phone.cable(), library);
    }

    /** Serves until the client leaves or the cable is cut. */
    void serve() throws IOException {
        phone.observed().connected();
        Thread sender = DaemonThread.start("afc-sender", this::sendReplies);
        try {
            receiveRequests();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            wire.close();
            sender.interrupt();
        }
    }

    private void receiveRequests() throws IOException, InterruptedException {
        ByteBuffer input = ByteBuffer.allocate(64 << 10).order(ByteOrder.LITTLE_ENDIAN);
        while (wire.read(input) >= 0) {
            input.flip();
            while (input.remaining() >= AfcReply.HEADER) {
                long length = input.getLong(input.position() + 8) - AfcReply.HEADER;
                if (length < 0 || length > LONGEST_REQUEST || !startsWithMagic(input)) {
                    return;
                }
                long packet = input.getLong(input.position() + 24);
                long operation = input.getLong(input.position() + 32);
                input.position(input.position() + AfcReply.HEADER);
                byte[] body = new byte[(int) length];
                int here = Math.min(body.length, input.remaining());
                input.get(body, 0, here);
                wire.fill(ByteBuffer.wrap(body, here, body.length - here));
                phone.observed().requested(operation, unanswered.incrementAndGet());
                ByteBuffer arguments = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
                long ready = phone.cable().ready(System.nanoTime());
                requests.put(new Request(operation, packet, arguments, ready));
            }
            input.compact();
        }
    }

    private static boolean startsWithMagic(ByteBuffer input) {
        for (int i = 0; i < AfcReply.MAGIC.length; i++) {
            if (input.get(input.position() + i) != AfcReply.MAGIC[i]) {
                return false;
            }
        }
        return true;
    }

    private void sendReplies() {
        try {
            while (true) {
                Request request = requests.poll();
                if (request == null) {
                    flush();
                    request = requests.take();
                }
                AfcReply reply = files.answer(request.operation(), request.body());
                send(phone.faults().mangled(reply, request.operation()), request);
                unanswered.decrementAndGet();
            }
        } catch (IOException | InterruptedException e) {
            // The client left or the cable was cut, so nobody can be told.
        } finally {
            wire.close();
            phone.observed().disconnected(files.closeAll());
        }
    }

    private void send(AfcReply reply, Request request) throws IOException, InterruptedException {
        ByteBuffer header = reply.header(request.packet());
        int rest = reply.dataLength();
        int slice = Math.min(rest, SLICE);
        pause(phone.cable().book(request.ready(), header.remaining() + slice));
        put(header);
        boolean counts = reply.isFileData();
        for (ByteBuffer data : reply.data()) {
            while (data.hasRemaining()) {
                int count = Math.min(data.remaining(), slice);
                ByteBuffer part = data.slice(data.position(), count);
                data.position(data.position() + count);
                if (counts) {
                    putFaulty(part);
                } else {
                    put(part);
                }
                rest -= count;
                slice -= count;
                if (slice == 0 && rest > 0) {
                    slice = Math.min(rest, SLICE);
                    pause(phone.cable().book(request.ready(), slice));
                }
            }
        }
        if (reply.isCut()) {
            flush();
            throw new IOException("The reply was to be cut");
        }
    }

    /** Sends file data up to the byte at which the phone stops responding or is unplugged. */
    private void putFaulty(ByteBuffer data) throws IOException, InterruptedException {
        int before = phone.faults().gate().admit(data.remaining());
        if (before < data.remaining()) {
            put(data.slice(data.position(), before));
            data.position(data.position() + before);
            flush();
            DataGate.Shut shut = phone.faults().gate().shut();
            if (shut.event() == DataGate.Event.UNPLUG) {
                phone.pullCable(shut.pause());
                throw new IOException("The cable was pulled");
            }
            if (shut.event() == DataGate.Event.LOCK) {
                phone.faults().lock();
                if (!phone.faults().isDenied("")) {
                    throw new IOException("The phone locked itself");
                }
            }
        }
        put(data);
    }

    private void pause(long moment) throws IOException, InterruptedException {
        boolean clientWaits = requests.isEmpty();
        if (moment - System.nanoTime() > 0 && (clientWaits || phone.cable().isAhead(moment))) {
            flush();
            phone.cable().await(moment, clientWaits);
        }
    }

    private void put(ByteBuffer data) throws IOException {
        phone.observed().sent(data.remaining());
        if (data.remaining() <= SMALL) {
            if (data.remaining() > gathered.remaining()) {
                flush();
            }
            gathered.put(data);
        } else {
            wire.write(gathered.flip(), data);
            gathered.clear();
        }
    }

    private void flush() throws IOException {
        if (gathered.position() > 0) {
            wire.write(gathered.flip());
            gathered.clear();
        }
    }
}
