package io.souk.bench.tables;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.souk.bench.bare.BareProcess;
import io.souk.kit.json.StrictJson;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import org.jose4j.lang.JoseException;

import java.util.Objects;
import java.util.UUID;

/** Answers the path of a card from the tables, for who has a token. Runs until it is stopped. */
public final class TableServer extends AbstractVerticle {
    /** Which environment variable holds the password of the role that reads. */
    public static final String PASSWORD = "SOUK_BENCH_PASSWORD";

    private final int port;
    private final CardTables tables;
    private final Tokens tokens;
    private final ObjectMapper json = StrictJson.mapper();

    private TableServer(int port, CardTables tables, Tokens tokens) {
        this.port = port;
        this.tables = tables;
        this.tokens = tokens;
    }

    /**
     * Arguments: the port to listen on, an {@link Access}, the number of event loops, the database's port and role, the issuer's
     * public keys as JSON, issuer, audience.
     */
    public static void main(String[] arguments) throws JoseException {
        int port = Integer.parseInt(arguments[0]);
        int eventLoops = Integer.parseInt(arguments[2]);
        var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(eventLoops));
        var tables = Access.valueOf(arguments[1])
                .open(
                        vertx,
                        new Database(
                                Integer.parseInt(arguments[3]),
                                arguments[4],
                                Objects.requireNonNull(System.getenv(PASSWORD), PASSWORD)));
        var tokens = new Tokens(arguments[5], arguments[6], arguments[7]);
        vertx.deployVerticle(
                        () -> new TableServer(port, tables, tokens), new DeploymentOptions().setInstances(eventLoops))
                .onFailure(failure -> {
                    System.err.println(failure);
                    System.exit(1);
                });
    }

    @Override
    public void start(Promise<Void> started) {
        vertx.createHttpServer(new HttpServerOptions().setPort(port).setHost("127.0.0.1"))
                .requestHandler(this::answer)
                .listen()
                .<Void>mapEmpty()
                .onComplete(started);
    }

    private void answer(HttpServerRequest request) {
        var response = request.response();
        if (BareProcess.READY_PATH.equals(request.path())) {
            response.end();
            return;
        }
        card(request).onComplete(read -> {
            if (read.succeeded()) {
                response.putHeader("Content-Type", "application/json").end(read.result());
            } else {
                response.setStatusCode(500).end(read.cause().toString());
            }
        });
    }

    private Future<Buffer> card(HttpServerRequest request) {
        var path = Objects.requireNonNullElse(request.path(), "");
        var authorization = Objects.requireNonNullElse(request.getHeader("Authorization"), "");
        try {
            var tenant = tokens.tenant(authorization);
            var id = UUID.fromString(path.substring(path.lastIndexOf('/') + 1));
            return tables.card(tenant, id).map(this::bytes);
        } catch (IllegalArgumentException e) {
            return Future.failedFuture(e);
        }
    }

    private Buffer bytes(TableCard card) {
        try {
            return Buffer.buffer(json.writeValueAsBytes(card));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a card cannot be written", e);
        }
    }
}
