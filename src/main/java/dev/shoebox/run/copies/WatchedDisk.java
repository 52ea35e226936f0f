package dev.shoebox.run.copies;

import dev.shoebox.destination.disk.Disk;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.function.Consumer;

/** Reports each call to a disk that returned, and each piece of a long one. Counts what is written but not forced. */
final class WatchedDisk implements InvocationHandler {
    private final Object watched;

    /** The path of a file open for writing; null of anything else. */
    private final String path;

    private final Runnable answered;
    private final UnforcedBytes unforced;

    private WatchedDisk(Object watched, String path, Runnable answered, UnforcedBytes unforced) {
        this.watched = watched;
        this.path = path;
        this.answered = answered;
        this.unforced = unforced;
    }

    /**
     * @param answered called on any thread
     * @param unforced counts what is written to this disk
     */
    static Disk of(Disk disk, Runnable answered, UnforcedBytes unforced) {
        return of(Disk.class, new WatchedDisk(disk, null, answered, unforced));
    }

    private static <T> T of(Class<T> kind, WatchedDisk handler) {
        return kind.cast(Proxy.newProxyInstance(kind.getClassLoader(), new Class<?>[] {kind}, handler));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        String name = method.getName();
        String file = path == null && arguments != null && arguments[0] instanceof String named ? named : path;
        boolean isForce = file != null && name.equals("force");
        long covered = isForce ? unforced.of(file) : 0;
        if (path != null && name.equals("write")) {
            // Counted before: a slow disk may keep the call until it has taken them.
            unforced.written(path, ((ByteBuffer) arguments[0]).remaining());
        }
        try {
            Object result = method.invoke(watched, watchedPieces(arguments));
            answered.run();
            if (isForce) {
                unforced.forced(file, covered);
            } else if (name.equals("delete") || name.equals("move")) {
                unforced.dropped(file);
            }
            if (result == watched) {
                return proxy;
            }
            if (result instanceof SeekableByteChannel channel) {
                return of(SeekableByteChannel.class, new WatchedDisk(channel, null, answered, unforced));
            }
            return result instanceof Disk.Out out
                    ? of(Disk.Out.class, new WatchedDisk(out, file, answered, unforced))
                    : result;
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
    }

    /** The only calls of a disk that last as long as a file is large pass its bytes to a consumer. */
    private Object[] watchedPieces(Object... arguments) {
        if (arguments == null || !(arguments[arguments.length - 1] instanceof Consumer<?> taker)) {
            return arguments;
        }
        @SuppressWarnings("unchecked") // Disk passes nothing else to consumers.
        Consumer<ByteBuffer> bytes = (Consumer<ByteBuffer>) taker;
        Object[] with = arguments.clone();
        with[with.length - 1] = (Consumer<ByteBuffer>) piece -> {
            answered.run();
            bytes.accept(piece);
        };
        return with;
    }
}
