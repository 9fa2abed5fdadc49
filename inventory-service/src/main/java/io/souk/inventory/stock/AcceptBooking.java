package io.souk.inventory.stock;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.variant.AwaitVariants;
import io.souk.kit.idempotency.Answer;
import io.souk.kit.idempotency.Idempotency;
import io.souk.kit.tenant.Tx;
import io.souk.kit.token.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Function;

import static io.souk.kit.problem.KitProblem.FORBIDDEN;

/** Takes each booking once, and is patient with variants that the catalogue may be announcing at the moment. */
@ApplicationScoped
class AcceptBooking {
    private static final int CREATED = 201;

    private final Idempotency idempotency;
    private final BookStock bookStock;
    private final AwaitVariants awaitVariants;

    AcceptBooking(Idempotency idempotency, BookStock bookStock, AwaitVariants awaitVariants) {
        this.idempotency = idempotency;
        this.bookStock = bookStock;
        this.awaitVariants = awaitVariants;
    }

    Uni<Answer> receipt(Caller caller, @Nullable String key, ReceiptRequest request) {
        var paper = Paper.of(caller, request.reference());
        if (request.purchase() != null && !paper.reach().isWhole()) {
            throw FORBIDDEN
                    .because("What is bought of suppliers is the tenant's own business")
                    .at("/purchase", "is not for merchants");
        }
        var lines = request.valid();
        return accept(paper, "stock.receive", key, request, tx -> receive(tx, paper, request, lines));
    }

    private Uni<BookingView> receive(Tx tx, Paper paper, ReceiptRequest request, List<StockLine> lines) {
        return request.purchase() == null
                ? bookStock.receive(tx, paper, lines)
                : bookStock.buy(tx, paper, lines, request.purchase(), request::unitCost);
    }

    Uni<Answer> adjustment(Caller caller, @Nullable String key, AdjustmentRequest request) {
        var paper = Paper.of(caller, request.reference());
        var valid = request.valid();
        return accept(
                paper,
                "stock.adjust",
                key,
                request,
                tx -> bookStock.adjust(tx, paper.because(valid.reason()), valid.lines()));
    }

    Uni<Answer> transfer(Caller caller, @Nullable String key, TransferRequest request) {
        var paper = Paper.of(caller, request.reference());
        var valid = request.valid();
        return accept(
                paper, "stock.transfer", key, request, tx -> bookStock.transfer(tx, paper, valid.out(), valid.to()));
    }

    Uni<Answer> count(Caller caller, @Nullable String key, CountRequest request) {
        var paper = Paper.of(caller, request.reference());
        var lines = request.valid();
        return accept(paper, "stock.count", key, request, tx -> bookStock.count(tx, paper, lines));
    }

    /** The booking; the same key with the same request gets the first answer again. */
    private Uni<Answer> accept(
            Paper paper,
            String operation,
            @Nullable String key,
            Object request,
            Function<Tx, Uni<BookingView>> booking) {
        var reach = paper.reach();
        return awaitVariants.in(() -> idempotency.once(
                reach.tenant(),
                reach.operation(operation),
                key,
                request,
                tx -> booking.apply(tx).map(booked -> Answer.of(CREATED, booked))));
    }
}
