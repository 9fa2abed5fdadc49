package io.souk.bench.tap;

import io.souk.stack.StackException;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;

import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** A way to PostgreSQL: each message is shown to a watcher before it is handed on. One event loop serves all connections. */
public final class DatabaseTap implements AutoCloseable {
    private static final String HOST = "127.0.0.1";

    /** In place of a protocol version: the client asks for encryption (by TLS or GSSAPI), and is answered with one byte. */
    private static final Set<Integer> ENCRYPTION = Set.of(80_877_103, 80_877_104);

    /** Sees one connection; bodies are without type and length, and valid during the call. */
    public interface Watcher {
        void asked(char type, Buffer body);

        void answered(char type, Buffer body);
    }

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final NetClient client = vertx.createNetClient();
    private final NetServer server = vertx.createNetServer();
    private final int database;
    private final Supplier<Watcher> watchers;

    /**
     * On the way to the PostgreSQL that listens on that port.
     *
     * @param watchers makes one for each connection, on the event loop
     */
    public DatabaseTap(int database, Supplier<Watcher> watchers) {
        this.database = database;
        this.watchers = watchers;
        server.connectHandler(this::connect);
        try {
            server.listen(0, HOST).toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw new StackException("Nobody can be listened to on the way to PostgreSQL: %s.".formatted(e), e);
        }
    }

    /** Where services find it. */
    public int port() {
        return server.actualPort();
    }

    private void connect(NetSocket service) {
        service.pause();
        client.connect(database, HOST).onComplete(connected -> {
            if (connected.succeeded()) {
                new Wire(service, connected.result(), watchers.get()).open();
            } else {
                service.close();
            }
        });
    }

    /** One connection; everything here happens on its event loop. */
    private static final class Wire {
        private final NetSocket service;
        private final NetSocket postgres;
        private final Watcher watcher;
        private final PgMessages asked = PgMessages.ofClient(this::asked);
        private final PgMessages answered;

        Wire(NetSocket service, NetSocket postgres, Watcher watcher) {
            this.service = service;
            this.postgres = postgres;
            this.watcher = watcher;
            this.answered = PgMessages.ofServer(watcher::answered);
        }

        void open() {
            pass(service, postgres, asked);
            pass(postgres, service, answered);
            service.resume();
        }

        private static void pass(NetSocket from, NetSocket to, PgMessages messages) {
            from.handler(bytes -> {
                messages.add(bytes);
                to.write(bytes);
                if (to.writeQueueFull()) {
                    from.pause();
                    to.drainHandler(_ -> from.resume());
                }
            });
            from.closeHandler(_ -> to.close());
            from.exceptionHandler(_ -> to.close());
        }

        private void asked(char type, Buffer body) {
            if (type != PgMessages.NO_TYPE) {
                watcher.asked(type, body);
            } else if (ENCRYPTION.contains(body.getInt(0))) {
                answered.oneByte();
            } else {
                asked.typed();
            }
        }
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
