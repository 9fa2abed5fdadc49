package io.souk.inventory.pack;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.Topics;
import io.souk.inventory.variant.AwaitVariants;
import io.souk.inventory.variant.FindVariants;
import io.souk.inventory.variant.UnknownVariants;
import io.souk.inventory.variant.Variant;
import io.souk.inventory.variant.VariantName;
import io.souk.kit.event.Change;
import io.souk.kit.gtin.Gtin;
import io.souk.kit.http.Preconditions;
import io.souk.kit.id.Ids;
import io.souk.kit.outbox.Outbox;
import io.souk.kit.problem.Problem;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

import static io.souk.inventory.InventoryProblem.DUPLICATE_GTIN;

/** Says what lies under a GTIN, and that nobody counts by it any more; each with its event. */
@ApplicationScoped
class SavePack {
    private final Transactions transactions;
    private final AwaitVariants awaitVariants;
    private final FindVariants findVariants;
    private final PackRepository packs;
    private final PackUse use;
    private final Outbox outbox;

    SavePack(
            Transactions transactions,
            AwaitVariants awaitVariants,
            FindVariants findVariants,
            PackRepository packs,
            PackUse use,
            Outbox outbox) {
        this.transactions = transactions;
        this.awaitVariants = awaitVariants;
        this.findVariants = findVariants;
        this.packs = packs;
        this.use = use;
        this.outbox = outbox;
    }

    /** Fails with {@code DUPLICATE_GTIN} when it is a pack of another variant, with 412 when it is one of this already. */
    Uni<Pack> create(TenantId tenant, Gtin gtin, PackRequest.Valid wanted) {
        return withVariant(
                tenant,
                wanted.variant(),
                (tx, variant) -> packs.insert(tx, Ids.next(), gtin, variant.id(), wanted.unitsPerPack())
                        .chain(created -> created == null ? refuse(tx, gtin, variant) : told(tx, created)));
    }

    /** Whoever has made it has committed. */
    private Uni<Pack> refuse(Tx tx, Gtin gtin, Variant wanted) {
        return packs.find(tx, gtin).map(taken -> {
            throw alreadyThere(FindPacks.present(taken, gtin), wanted);
        });
    }

    private Uni<Pack> told(Tx tx, Pack created) {
        return outbox.append(tx, change(created, PackState.created(created))).replaceWith(created);
    }

    /**
     * What it is from now on; what was booked stays as it was. An archived pack is in use again. The same once more is no new
     * version. Fails with {@code DUPLICATE_GTIN} when it would go to another variant although something was booked under it.
     *
     * @param seen the version that the caller has seen; 412 with the present pack when it is another
     */
    Uni<Pack> change(TenantId tenant, Gtin gtin, long seen, PackRequest.Valid wanted) {
        return withVariant(
                tenant,
                wanted.variant(),
                (tx, variant) -> locked(tx, gtin, seen)
                        .call(before -> requireFree(tx, before, variant))
                        .chain(before -> before.is(variant.id(), wanted.unitsPerPack())
                                ? Uni.createFrom().item(before)
                                : save(tx, before, variant.id(), wanted.unitsPerPack(), PackStatus.ACTIVE)));
    }

    /** Lines cannot name it any more; its GTIN stays taken. One that is archived already stays as it is. */
    Uni<Pack> archive(TenantId tenant, Gtin gtin, long seen) {
        return transactions.inTenant(
                tenant,
                tx -> locked(tx, gtin, seen)
                        .chain(before -> before.isActive()
                                ? save(tx, before, before.variantId(), before.unitsPerPack(), PackStatus.ARCHIVED)
                                : Uni.createFrom().item(before)));
    }

    private interface Work {
        Uni<Pack> with(Tx tx, Variant variant);
    }

    private Uni<Pack> withVariant(TenantId tenant, VariantName name, Work work) {
        return awaitVariants.in(() -> transactions.inTenant(
                tenant,
                tx -> find(tx, name).chain(variant -> {
                    if (variant == null) {
                        throw new UnknownVariants(List.of("/" + name.field()));
                    }
                    return work.with(tx, variant);
                })));
    }

    private Uni<@Nullable Variant> find(Tx tx, VariantName name) {
        return findVariants.named(tx, List.of(name)).map(found -> found.find(name));
    }

    private Uni<Pack> locked(Tx tx, Gtin gtin, long seen) {
        return packs.lock(tx, gtin)
                .map(found -> FindPacks.present(found, gtin))
                .invoke(pack -> Preconditions.requireVersion(seen, pack.version(), "pack", () -> PackView.of(pack)));
    }

    /** A GTIN is never given to other goods (GS1); but the catalogue may delete a variant and make it anew, with another id. */
    private Uni<Void> requireFree(Tx tx, Pack before, Variant wanted) {
        if (before.variantId().equals(wanted.id())) {
            return Uni.createFrom().voidItem();
        }
        return find(tx, new VariantName(null, before.variantId()))
                .chain(live -> live == null
                        ? Uni.createFrom().voidItem()
                        : use.isBooked(tx, before.gtin())
                                .invoke(booked -> {
                                    if (booked) {
                                        throw ofAnotherVariant(before);
                                    }
                                })
                                .replaceWithVoid());
    }

    private Uni<Pack> save(Tx tx, Pack before, UUID variant, int unitsPerPack, PackStatus status) {
        return packs.update(tx, before.id(), variant, unitsPerPack, status)
                .call(after -> outbox.append(tx, change(after, PackState.changed(before, after))));
    }

    private static Change change(Pack pack, PackState state) {
        return Change.changed(Topics.PACK, pack.id(), pack.version(), state);
    }

    private static Problem alreadyThere(Pack present, Variant wanted) {
        if (present.variantId().equals(wanted.id())) {
            Preconditions.requireVersion(0, present.version(), "pack", () -> PackView.of(present));
        }
        return ofAnotherVariant(present);
    }

    private static Problem ofAnotherVariant(Pack present) {
        return DUPLICATE_GTIN
                .because("The GTIN is a pack of another variant")
                .parameter("gtin", "is a pack of variant " + present.variantId())
                .with("current", PackView.of(present));
    }
}
