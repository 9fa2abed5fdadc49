package io.souk.chaos.proxy;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.TimeUnit;

/** One connection of a client, carried to its server by two threads. */
final class Link {
    private static final int PIECE_BYTES = 16 * 1024;
    private static final int PIECES_PER_SECOND = 20;

    private final Socket client;
    private final Socket server;
    private final Sky sky;

    Link(Socket client, Socket server, Sky sky) {
        this.client = client;
        this.server = server;
        this.sky = sky;
    }

    /** Comes back when both sides are closed. */
    void carry() throws IOException {
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        var answers = Thread.ofVirtual().start(() -> pump(server, client, Weather.Direction.ANSWERS));
        pump(client, server, Weather.Direction.REQUESTS);
        try {
            answers.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            reset();
        }
    }

    /** Until the source ends; a source that breaks breaks the other side too. */
    private void pump(Socket from, Socket to, Weather.Direction flow) {
        var piece = new byte[PIECE_BYTES];
        try {
            var in = from.getInputStream();
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                pass(piece, read, to, flow);
            }
            sky.awaitPassage(flow); // an end does not overtake what is held back, nor arrive where nothing does
            to.shutdownOutput();
        } catch (IOException _) {
            reset();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            reset();
        }
    }

    private void pass(byte[] piece, int length, Socket to, Weather.Direction flow)
            throws IOException, InterruptedException {
        var out = to.getOutputStream();
        if (sky.awaitPassage(flow) instanceof Weather.Slow(var latency, var _)) {
            TimeUnit.NANOSECONDS.sleep(latency.toNanos());
        }
        int sent = 0;
        while (sent < length) {
            int some = length - sent;
            if (sky.awaitPassage(flow) instanceof Weather.Slow(var _, var bytesPerSecond)) {
                some = Math.min(some, Math.max(1, bytesPerSecond / PIECES_PER_SECOND));
                TimeUnit.MILLISECONDS.sleep(1_000 / PIECES_PER_SECOND);
            }
            out.write(piece, sent, some);
            sent += some;
        }
    }

    void reset() {
        reset(client);
        reset(server);
    }

    /** Closes so that the other side sees a reset, and not an end in good order. */
    static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException _) {
            // it was closed already
        }
    }
}
