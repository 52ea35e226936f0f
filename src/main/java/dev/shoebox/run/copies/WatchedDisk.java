package dev.shoebox.run.copies;

import dev.shoebox.destination.disk.Disk;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.function.Consumer;

/** Reports each call to a disk that returned, and each piece of a long one. */
final class WatchedDisk implements InvocationHandler {
    private final Object watched;
    private final Runnable answered;

    private WatchedDisk(Object watched, Runnable answered) {
        this.watched = watched;
        this.answered = answered;
    }

    /** @param answered called on any thread */
    static Disk of(Disk disk, Runnable answered) {
        return of(Disk.class, disk, answered);
    }

    private static <T> T of(Class<T> kind, T watched, Runnable answered) {
        return kind.cast(Proxy.newProxyInstance(
                kind.getClassLoader(), new Class<?>[] {kind}, new WatchedDisk(watched, answered)));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        try {
            Object result = method.invoke(watched, watchedPieces(arguments));
            answered.run();
            if (result == watched) {
                return proxy;
            }
            if (result instanceof SeekableByteChannel channel) {
                return of(SeekableByteChannel.class, channel, answered);
            }
            return result instanceof Disk.Out out ? of(Disk.Out.class, out, answered) : result;
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
