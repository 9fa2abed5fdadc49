package io.souk.chaos.proxy;

import io.souk.stack.StackException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Listens on a port of 127.0.0.1 and carries each connection to another one, as the {@link Weather} of the moment allows. It holds
 * no connection back when the target does not listen: the client's is reset then, as without a proxy. Safe for several threads.
 */
public final class TcpProxy implements AutoCloseable {
    /** More than the pools of a service open together. */
    private static final int MAX_CONNECTIONS = 512;

    private static final int CONNECT_MILLIS = 2_000;

    private final String name;
    private final int target;
    private final ServerSocket door;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final Semaphore room = new Semaphore(MAX_CONNECTIONS);
    private final Sky sky = new Sky();

    private TcpProxy(String name, ServerSocket door, int target) {
        this.name = name;
        this.door = door;
        this.target = target;
    }

    /** One that listens on {@code port} (0: any) from now on, in clear weather. */
    public static TcpProxy open(String name, int port, int target) {
        try {
            var proxy = new TcpProxy(name, new ServerSocket(port, 128, InetAddress.ofLiteral("127.0.0.1")), target);
            Thread.ofVirtual().name("proxy " + name).start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new StackException("The proxy %s cannot listen on port %d.".formatted(name, port), e);
        }
    }

    public String name() {
        return name;
    }

    public int port() {
        return door.getLocalPort();
    }

    /** From now on, for open connections too. */
    public void weather(Weather next) {
        sky.turn(next);
        if (next instanceof Weather.Cut) {
            links.forEach(Link::reset);
        }
    }

    /** How many connections are open. */
    public int connections() {
        return links.size();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                var client = door.accept();
                Thread.ofVirtual().name("link " + name).start(() -> carry(client));
            } catch (IOException _) {
                // closed, or the client was gone before it was met
            }
        }
    }

    private void carry(Socket client) {
        if (sky.now() instanceof Weather.Cut || !room.tryAcquire()) {
            Link.reset(client);
            return;
        }
        try (var server = new Socket()) {
            server.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), target), CONNECT_MILLIS);
            var link = new Link(client, server, sky);
            links.add(link);
            try {
                link.carry();
            } finally {
                links.remove(link);
            }
        } catch (IOException _) {
            Link.reset(client);
        } finally {
            room.release();
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new StackException("The proxy %s cannot be closed.".formatted(name), e);
        }
        sky.turn(new Weather.Cut());
        links.forEach(Link::reset);
    }
}
