package io.souk.orders.payment;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

/**
 * What the sandbox has done, as a payment service keeps books of its own: a line of JSON for each call that it has approved, repeats
 * included, outside of our database. Nothing here reads it; it is there for whoever compares our books with the provider's.
 */
@ApplicationScoped
class SandboxBook {
    private final Optional<Path> file;
    private final Vertx vertx;
    private final Clock clock;

    SandboxBook(SandboxConfig config, Vertx vertx, Clock clock) {
        this.file = config.book();
        this.vertx = vertx;
        this.clock = clock;
    }

    /**
     * Succeeds once the line is with the operating system, so that it outlives this process; at once where no book is kept.
     *
     * @param movement of a capture or a refund; null otherwise
     * @param amount null for a void, which gives back all that is left
     */
    Uni<Void> write(CallKind kind, UUID payment, @Nullable UUID movement, @Nullable Long amount) {
        return file.map(path ->
                        vertx.<Void>executeBlocking(() -> append(path, line(kind, payment, movement, amount)), false))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private String line(CallKind kind, UUID payment, @Nullable UUID movement, @Nullable Long amount) {
        var line = new JsonObject().put("kind", kind.name()).put("payment", payment.toString());
        if (movement != null) {
            line.put("movement", movement.toString());
        }
        if (amount != null) {
            line.put("amount", amount);
        }
        return line.put("at", clock.instant().toString()).encode();
    }

    /** In one write, so that lines of several replicas do not mix. */
    private static @Nullable Void append(Path path, String line) throws IOException {
        Files.writeString(path, line + "\n", StandardCharsets.UTF_8, CREATE, APPEND);
        return null;
    }
}
