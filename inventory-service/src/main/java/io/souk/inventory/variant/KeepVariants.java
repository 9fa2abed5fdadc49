package io.souk.inventory.variant;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;

import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Applies what the catalogue told of some products, in one transaction with as many statements however many they are. */
@ApplicationScoped
class KeepVariants {
    private final Transactions transactions;
    private final VariantRepository variants;
    private final Instance<RenamedVariants> listeners;

    KeepVariants(Transactions transactions, VariantRepository variants, Instance<RenamedVariants> listeners) {
        this.transactions = transactions;
        this.variants = variants;
        this.listeners = listeners;
    }

    /** A product that is already known in this order or a later one is left alone. */
    Uni<Void> apply(TenantId tenant, List<KnownProduct> told) {
        var newest = told.stream()
                .collect(Collectors.toMap(
                        KnownProduct::id,
                        Function.identity(),
                        BinaryOperator.maxBy(Comparator.comparing(KnownProduct::order))));
        // Products are locked in one order, so that two overlapping owners of a partition wait instead of dead-locking.
        var inLockOrder = newest.values().stream()
                .sorted(Comparator.comparing(KnownProduct::id))
                .toList();
        return transactions.inTenant(tenant, tx -> keep(tx, inLockOrder));
    }

    private Uni<Void> keep(Tx tx, List<KnownProduct> products) {
        return variants.admit(tx, products)
                .map(admitted -> products.stream()
                        .filter(product -> admitted.contains(product.id()))
                        .toList())
                .chain(fresh -> fresh.isEmpty() ? Uni.createFrom().voidItem() : replace(tx, fresh));
    }

    private Uni<Void> replace(Tx tx, List<KnownProduct> fresh) {
        List<Variant> named =
                fresh.stream().flatMap(product -> product.variants().stream()).toList();
        List<UUID> products = fresh.stream().map(KnownProduct::id).toList();
        return variants.retireOthers(tx, products, named)
                .chain(() -> variants.upsert(tx, fresh))
                .chain(() -> tell(tx, named));
    }

    private Uni<Void> tell(Tx tx, List<Variant> named) {
        return Multi.createFrom()
                .iterable(listeners)
                .onItem()
                .transformToUniAndConcatenate(listener -> listener.named(tx, named))
                .collect()
                .last()
                .replaceWithVoid();
    }
}
