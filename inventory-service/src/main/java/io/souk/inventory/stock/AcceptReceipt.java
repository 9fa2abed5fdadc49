package io.souk.inventory.stock;

import io.smallrye.mutiny.Uni;
import io.souk.kit.idempotency.Answer;
import io.souk.kit.idempotency.Idempotency;
import io.souk.kit.tenant.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Takes a receipt once, and is patient with variants that the catalogue may be announcing at the moment. */
@ApplicationScoped
class AcceptReceipt {
    private static final String OPERATION = "stock.receive";
    private static final int CREATED = 201;

    /** Waits of 25 to 75 ms: some twenty looks within the default patience, holding no connection between them. */
    private static final int SHORTEST_WAIT_MILLIS = 25;

    private static final int LONGEST_WAIT_MILLIS = 75;

    private final Idempotency idempotency;
    private final ReceiveStock receiveStock;
    private final StockConfig config;

    AcceptReceipt(Idempotency idempotency, ReceiveStock receiveStock, StockConfig config) {
        this.idempotency = idempotency;
        this.receiveStock = receiveStock;
        this.config = config;
    }

    /** The booked receipt; the same key with the same request gets the first answer again. */
    Uni<Answer> accept(TenantId tenant, String receivedBy, @Nullable String key, ReceiptRequest request) {
        var lines = request.valid();
        return Uni.createFrom().deferred(() -> {
            long deadline = System.nanoTime() + config.patience().toNanos();
            return attempt(new Attempt(tenant, receivedBy, key, request, lines, deadline));
        });
    }

    private Uni<Answer> attempt(Attempt attempt) {
        return idempotency
                .once(
                        attempt.tenant(),
                        OPERATION,
                        attempt.key(),
                        attempt.request(),
                        tx -> receiveStock
                                .receive(tx, attempt.receivedBy(), attempt.lines())
                                .map(receipt -> Answer.of(CREATED, receipt)))
                .onFailure(UnknownVariants.class)
                .recoverWithUni(failure -> again(attempt, failure));
    }

    private Uni<Answer> again(Attempt attempt, UnknownVariants failure) {
        long left = attempt.deadline() - System.nanoTime();
        if (left <= 0) {
            return Uni.createFrom().failure(failure.asProblem());
        }
        var wait =
                Duration.ofMillis(ThreadLocalRandom.current().nextInt(SHORTEST_WAIT_MILLIS, LONGEST_WAIT_MILLIS + 1));
        return Uni.createFrom().voidItem().onItem().delayIt().by(wait).chain(() -> attempt(attempt));
    }

    private record Attempt(
            TenantId tenant,
            String receivedBy,
            @Nullable String key,
            ReceiptRequest request,
            List<ReceiptLine> lines,
            long deadline) {}
}
