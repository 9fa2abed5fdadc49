package io.souk.inventory.unit;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.purchase.PurchaseTerms;
import io.souk.inventory.stock.Paper;
import io.souk.inventory.unit.UnitReceiptRequest.Valid;
import io.souk.inventory.variant.AwaitVariants;
import io.souk.kit.idempotency.Answer;
import io.souk.kit.idempotency.Idempotency;
import io.souk.kit.tenant.Tx;
import io.souk.kit.token.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Function;

/** Takes each booking of units once, and is patient with variants that the catalogue may be announcing at the moment. */
@ApplicationScoped
class AcceptUnits {
    private static final int CREATED = 201;

    private final Idempotency idempotency;
    private final AwaitVariants awaitVariants;
    private final ReceiveUnits receiveUnits;
    private final TransferUnits transferUnits;
    private final CountUnits countUnits;

    AcceptUnits(
            Idempotency idempotency,
            AwaitVariants awaitVariants,
            ReceiveUnits receiveUnits,
            TransferUnits transferUnits,
            CountUnits countUnits) {
        this.idempotency = idempotency;
        this.awaitVariants = awaitVariants;
        this.receiveUnits = receiveUnits;
        this.transferUnits = transferUnits;
        this.countUnits = countUnits;
    }

    Uni<Answer> receipt(Caller caller, @Nullable String key, UnitReceiptRequest request) {
        var wanted = request.valid();
        var paper = Paper.of(caller, request.reference());
        return accept(
                caller,
                "unit.receive",
                key,
                request,
                tx -> receive(tx, paper, wanted, request.purchase())
                        .map(units -> UnitBookingView.of(paper.id(), units)));
    }

    private Uni<List<Unit>> receive(Tx tx, Paper paper, List<Valid> wanted, @Nullable PurchaseTerms purchase) {
        return purchase == null
                ? receiveUnits.receive(tx, paper, wanted)
                : receiveUnits.buy(tx, paper, wanted, purchase);
    }

    Uni<Answer> transfer(Caller caller, @Nullable String key, UnitTransferRequest request) {
        var valid = request.valid();
        var paper = Paper.of(caller, request.reference());
        return accept(
                caller,
                "unit.transfer",
                key,
                request,
                tx -> transferUnits.transfer(tx, paper, valid).map(units -> UnitBookingView.of(paper.id(), units)));
    }

    Uni<Answer> count(Caller caller, @Nullable String key, UnitCountRequest request) {
        var valid = request.valid();
        var paper = Paper.of(caller, request.reference());
        return accept(caller, "unit.count", key, request, tx -> countUnits.count(tx, paper, valid));
    }

    /** The booking; the same key with the same request gets the first answer again. */
    private Uni<Answer> accept(
            Caller caller, String operation, @Nullable String key, Object request, Function<Tx, Uni<?>> booking) {
        return awaitVariants.in(() -> idempotency.once(
                caller.tenant(),
                operation,
                key,
                request,
                tx -> booking.apply(tx).map(booked -> Answer.of(CREATED, booked))));
    }
}
