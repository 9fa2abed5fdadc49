package io.souk.inventory.verify;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.verify.ReferenceRepository.Seen;
import io.souk.kit.page.Cursor;
import io.souk.kit.problem.KitProblem;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** Goes over what a tenant's inventory names of the catalogue, a bounded part with each call, while the shop is open. */
@ApplicationScoped
class VerifyReferences {
    private final Transactions transactions;
    private final ReferenceRepository references;

    VerifyReferences(Transactions transactions, ReferenceRepository references) {
        this.transactions = transactions;
        this.references = references;
    }

    /** The part behind {@code cursor}, the first one without; {@code next} leads on until everything was seen. */
    Uni<ReferenceReport> verify(TenantId tenant, @Nullable String cursor) {
        var place = Place.of(cursor);
        return transactions
                .inTenant(tenant, tx -> references.next(tx, place.referrer(), place.after()))
                .map(seen -> report(place.referrer(), seen));
    }

    private static ReferenceReport report(Referrer referrer, List<Seen> seen) {
        var findings = seen.stream()
                .filter(Seen::missing)
                .map(one -> ReferenceFinding.noVariant(one.id(), one.sku(), referrer.missing(one)))
                .toList();
        int referrers = (int) seen.stream().map(Seen::id).distinct().count();
        var next = referrers < referrer.atOnce()
                ? Place.first(referrer.next())
                : Place.cursor(referrer, seen.getLast().id());
        return new ReferenceReport(referrers, findings, next);
    }

    private record Place(Referrer referrer, UUID after) {
        private static final UUID BEFORE_ALL = new UUID(0, 0);

        static Place of(@Nullable String cursor) {
            if (cursor == null) {
                return new Place(Referrer.LEVEL, BEFORE_ALL);
            }
            var key = Cursor.decode(cursor, 2);
            return new Place(referrer(Cursor.text(key, 0)), Cursor.id(key, 1));
        }

        private static Referrer referrer(String name) {
            return Arrays.stream(Referrer.values())
                    .filter(referrer -> referrer.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> KitProblem.MALFORMED
                            .because("The cursor is of another list")
                            .parameter("cursor", "is none of this list"));
        }

        static @Nullable String first(@Nullable Referrer referrer) {
            return referrer == null ? null : cursor(referrer, BEFORE_ALL);
        }

        static String cursor(Referrer referrer, UUID after) {
            return Cursor.encode(referrer.name(), after);
        }
    }
}
