package io.souk.inventory.verify;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.souk.inventory.reservation.ReleaseEmptyReservations;
import io.souk.inventory.reservation.SettleUnits;
import io.souk.inventory.stock.CorrectStock;
import io.souk.inventory.verify.Finding.Kind;
import io.souk.inventory.verify.VerifyRepository.SeenPurchase;
import io.souk.inventory.verify.VerifyRepository.SeenReservation;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import io.souk.kit.token.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Goes over a tenant's levels, then over its reservations and then over its purchases, a bounded part with each call, while the shop is open: what it
 * compares is of one moment, and what it repairs is locked and looked at again first.
 */
@ApplicationScoped
class VerifyInventory {
    /** Each sums all movements of a level. */
    private static final int LEVELS_AT_ONCE = 100;

    private static final int RESERVATIONS_AT_ONCE = 500;

    private static final int PURCHASES_AT_ONCE = 500;

    /** The sweep promises one second: a minute late is no busy moment any more. */
    private static final int LATE_SECONDS = 60;

    private final Transactions transactions;
    private final VerifyRepository audit;
    private final CorrectStock correctStock;
    private final ReleaseEmptyReservations releaseEmpty;
    private final SettleUnits settleUnits;

    VerifyInventory(
            Transactions transactions,
            VerifyRepository audit,
            CorrectStock correctStock,
            ReleaseEmptyReservations releaseEmpty,
            SettleUnits settleUnits) {
        this.transactions = transactions;
        this.audit = audit;
        this.correctStock = correctStock;
        this.releaseEmpty = releaseEmpty;
        this.settleUnits = settleUnits;
    }

    /** The part behind {@code cursor}, the first one without; {@code next} leads on until everything was seen. */
    Uni<VerificationReport> verify(Caller caller, @Nullable String cursor, boolean repair) {
        var tenant = caller.tenant();
        var place = Place.of(cursor, Phase.class);
        return switch (place.part()) {
            case LEVELS ->
                transactions
                        .inTenant(tenant, tx -> audit.proveNext(tx, place.after(), LEVELS_AT_ONCE))
                        .chain(levels -> checked(caller, levels, repair));
            case RESERVATIONS ->
                transactions
                        .inTenant(
                                tenant,
                                tx -> audit.nextReservations(tx, place.after(), RESERVATIONS_AT_ONCE, LATE_SECONDS))
                        .chain(seen -> checkedReservations(tenant, seen, repair));
            case PURCHASES ->
                transactions
                        .inTenant(tenant, tx -> audit.nextPurchases(tx, place.after(), PURCHASES_AT_ONCE))
                        .map(VerifyInventory::checkedPurchases);
        };
    }

    private Uni<VerificationReport> checked(Caller caller, List<ProvenLevel> levels, boolean repair) {
        var wrong = levels.stream().filter(level -> !level.isRight()).toList();
        // Nobody can be promised more than there is, right or wrong.
        var told = levels.stream()
                .filter(level -> !level.isRight() || !level.canBeRepaired())
                .flatMap(level -> level.findings().stream())
                .toList();
        var next = levels.size() < LEVELS_AT_ONCE
                ? Place.first(Phase.RESERVATIONS)
                : Place.behind(Phase.LEVELS, levels.getLast().id());
        var mended = repair && !wrong.isEmpty()
                ? transactions.inTenant(
                        caller.tenant(),
                        tx -> mend(
                                tx, caller, wrong.stream().map(ProvenLevel::id).toList()))
                : Uni.createFrom().item(Set.<UUID>of());
        return mended.map(done -> new VerificationReport(
                levels.size(), 0, 0, marked(told, done, finding -> finding.kind() != Kind.OVERSOLD), next));
    }

    /** The levels that are right now. What was wrong a moment ago is proven again under their locks. */
    private Uni<Set<UUID>> mend(Tx tx, Caller by, Collection<UUID> ids) {
        return correctStock.lock(tx, ids).chain(() -> audit.prove(tx, ids)).chain(levels -> {
            var corrections = levels.stream()
                    .filter(level -> !level.isRight() && level.canBeRepaired())
                    .map(level -> new CorrectStock.Correction(
                            level.id(), level.there(), level.held(), level.there() - level.moved()))
                    .toList();
            var right = levels.stream()
                    .filter(ProvenLevel::canBeRepaired)
                    .map(ProvenLevel::id)
                    .collect(Collectors.toUnmodifiableSet());
            return correctStock.correct(tx, by, corrections).replaceWith(right);
        });
    }

    private Uni<VerificationReport> checkedReservations(TenantId tenant, List<SeenReservation> seen, boolean repair) {
        var findings = seen.stream().flatMap(one -> one.findings().stream()).toList();
        var empty = seen.stream()
                .filter(SeenReservation::empty)
                .map(SeenReservation::id)
                .toList();
        var next = seen.size() < RESERVATIONS_AT_ONCE
                ? Place.first(Phase.PURCHASES)
                : Place.behind(Phase.RESERVATIONS, seen.getLast().id());
        var misassigned = seen.stream()
                .filter(SeenReservation::misassigned)
                .map(SeenReservation::id)
                .toList();
        var released = repair && !empty.isEmpty()
                ? transactions.inTenant(tenant, tx -> releaseEmpty.release(tx, empty))
                : Uni.createFrom().item(Set.<UUID>of());
        return released.chain(done -> (repair
                        ? settle(tenant, misassigned)
                        : Uni.createFrom().item(Set.<UUID>of()))
                .map(settled -> new VerificationReport(
                        0,
                        seen.size(),
                        0,
                        marked(
                                marked(findings, done, finding -> finding.kind() != Kind.ASSIGNED_UNITS),
                                settled,
                                finding -> finding.kind() == Kind.ASSIGNED_UNITS),
                        next)));
    }

    /** Nothing is repaired: purchases and the ledger are only ever added to. */
    private static VerificationReport checkedPurchases(List<SeenPurchase> seen) {
        @Nullable
        String next = seen.size() < PURCHASES_AT_ONCE
                ? null
                : Place.behind(Phase.PURCHASES, seen.getLast().id());
        return new VerificationReport(
                0,
                0,
                seen.size(),
                seen.stream()
                        .filter(purchase -> !purchase.isBooked())
                        .map(SeenPurchase::finding)
                        .toList(),
                next);
    }

    /** Those that have what is due to them now; each in a transaction of its own, since each locks levels. */
    private Uni<Set<UUID>> settle(TenantId tenant, List<UUID> misassigned) {
        return Multi.createFrom()
                .iterable(misassigned)
                .onItem()
                .transformToUniAndConcatenate(id -> transactions
                        .inTenant(tenant, tx -> settleUnits.settle(tx, id))
                        .map(right -> right ? Set.of(id) : Set.<UUID>of()))
                .collect()
                .with(Collectors.flatMapping(Set::stream, Collectors.toUnmodifiableSet()));
    }

    private static List<Finding> marked(List<Finding> findings, Set<UUID> repaired, Predicate<Finding> canBe) {
        return findings.stream()
                .map(finding ->
                        repaired.contains(finding.id()) && canBe.test(finding) ? finding.repairedNow() : finding)
                .toList();
    }

    private enum Phase {
        LEVELS,
        RESERVATIONS,
        PURCHASES
    }
}
