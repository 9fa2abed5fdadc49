package io.souk.orders.payment;

import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.souk.kit.id.Ids;
import io.souk.kit.money.Money;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Asks for a payment in the caller's transaction; the provider is called after its commit. */
@ApplicationScoped
public class RequestPayment {
    private final PaymentRepository payments;
    private final CallProviders callProviders;
    private final Set<String> providers;

    RequestPayment(PaymentRepository payments, CallProviders callProviders, @All List<PaymentProvider> providers) {
        this.payments = payments;
        this.callProviders = callProviders;
        this.providers = providers.stream().map(PaymentProvider::name).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether payments can be asked of that provider. */
    public boolean knows(String provider) {
        return providers.contains(provider);
    }

    /** Keeps the instruction until the order is ready to be paid. */
    public Uni<Void> prepare(Tx tx, UUID order, PaymentInstruction instruction, Money amount) {
        return payments.insert(tx, order, Ids.next(), instruction, amount);
    }

    /** Has the order's amount authorised; harmless when that was asked before. */
    public Uni<Void> authorise(Tx tx, UUID order) {
        tx.afterCommit(() -> callProviders.start(tx.tenant(), order));
        return payments.authorise(tx, order);
    }

    /**
     * Has the amount given back, or never taken, whatever has become of the authorisation. Harmless when asked before; it must
     * be asked again when an approval comes after it.
     */
    public Uni<Void> release(Tx tx, UUID order) {
        tx.afterCommit(() -> callProviders.start(tx.tenant(), order));
        return payments.release(tx, order);
    }
}
