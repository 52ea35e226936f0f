package dev.shoebox.device.usbmux;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;

import static org.junit.jupiter.api.Assertions.assertTrue;

class SocketLinkTest {
    @Test
    void aSmallRequestDoesNotWaitUntilTheOneBeforeIsAcknowledged() throws IOException {
        try (ServerSocketChannel daemon = ServerSocketChannel.open()) {
            daemon.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            SocketChannel channel = SocketChannel.open(daemon.getLocalAddress());
            try (SocketLink link = new SocketLink(channel, Duration.ofSeconds(1))) {
                assertTrue(channel.getOption(StandardSocketOptions.TCP_NODELAY), link::toString);
            }
        }
    }
}
