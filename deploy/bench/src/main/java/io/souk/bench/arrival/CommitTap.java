package io.souk.bench.arrival;

import io.souk.stack.StackException;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;

/**
 * A way to PostgreSQL that tells when a change is committed: at the moment at which the server's answer to the commit comes
 * through, before it is handed on. Nobody outside of PostgreSQL can know it earlier; the time stamp that PostgreSQL itself
 * keeps is from before the commit is on the disk. What was committed is told by the row of the outbox.
 */
public final class CommitTap implements AutoCloseable {
    private static final String HOST = "127.0.0.1";

    private static final char BIND = 'B';
    private static final char COMMAND_COMPLETE = 'C';
    private static final String COMMIT = "COMMIT\0";
    private static final String ROLLBACK = "ROLLBACK\0";

    /** In place of a protocol version: the client asks for encryption (by TLS or GSSAPI), and is answered with one byte. */
    private static final Set<Integer> ENCRYPTION = Set.of(80_877_103, 80_877_104);

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final NetClient client = vertx.createNetClient();
    private final NetServer server = vertx.createNetServer();
    private final int database;
    private final Map<Change, Journeys> journeys;

    /** On the way to the PostgreSQL that listens on that port; tells each journey of its commit. */
    public CommitTap(int database, Map<Change, Journeys> journeys) {
        this.database = database;
        this.journeys = journeys;
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
                new Wire(service, connected.result()).open();
            } else {
                service.close();
            }
        });
    }

    /** One connection; everything here happens on its event loop. */
    private final class Wire {
        private record Told(Journeys journeys, UUID variant) {}

        private final NetSocket service;
        private final NetSocket postgres;
        private final PgMessages asked = PgMessages.ofClient(this::asked);
        private final PgMessages answered = PgMessages.ofServer(this::answered);
        private final Set<Told> told = new HashSet<>();

        Wire(NetSocket service, NetSocket postgres) {
            this.service = service;
            this.postgres = postgres;
        }

        void open() {
            pass(service, postgres, asked);
            pass(postgres, service, answered);
            service.resume();
        }

        private void pass(NetSocket from, NetSocket to, PgMessages messages) {
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
            if (type == PgMessages.NO_TYPE) {
                if (ENCRYPTION.contains(body.getInt(0))) {
                    answered.oneByte();
                } else {
                    asked.typed();
                }
            } else if (type == BIND) {
                var text = body.toString(StandardCharsets.ISO_8859_1);
                journeys.forEach((change, some) -> {
                    if (text.contains(change.eventType())) {
                        Change.variants(text, variant -> told.add(new Told(some, variant)));
                    }
                });
            }
        }

        private void answered(char type, Buffer body) {
            if (type != COMMAND_COMPLETE || told.isEmpty()) {
                return;
            }
            var tag = body.toString(StandardCharsets.ISO_8859_1);
            if (tag.equals(COMMIT)) {
                long now = System.nanoTime();
                told.forEach(one -> one.journeys().committed(one.variant(), now));
                told.clear();
            } else if (tag.equals(ROLLBACK)) {
                told.clear();
            }
        }
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
