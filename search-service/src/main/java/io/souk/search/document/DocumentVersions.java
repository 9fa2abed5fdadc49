package io.souk.search.document;

import io.smallrye.mutiny.Uni;
import io.souk.kit.http.AggregateVersions;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Which versions of documents hold what somebody has seen of the catalogue. */
@ApplicationScoped
public class DocumentVersions {
    private final Transactions transactions;
    private final DocumentRepository documents;

    DocumentVersions(Transactions transactions, DocumentRepository documents) {
        this.transactions = transactions;
        this.documents = documents;
    }

    /** Whether there is a product, price or availability among them. */
    public static boolean concerned(AggregateVersions seen) {
        return !seen.isEmpty() && !DocumentOrders.concerned(seen).isEmpty();
    }

    /**
     * By product; one that never had a document is left out. Null as long as a product, price or availability among those seen
     * has not been applied in that order; other aggregates are passed over.
     */
    public Uni<@Nullable Map<UUID, Long>> holding(TenantId tenant, AggregateVersions seen) {
        var ids = DocumentOrders.concerned(seen);
        return transactions
                .inTenant(tenant, tx -> documents.orders(tx, ids))
                .map(orders -> orders.size() == ids.size() ? holding(orders, seen) : null);
    }

    private static @Nullable Map<UUID, Long> holding(List<DocumentOrders> orders, AggregateVersions seen) {
        var versions = new HashMap<UUID, Long>();
        for (var document : orders) {
            if (!document.hold(seen)) {
                return null;
            }
            if (document.version() > 0) {
                versions.put(document.id(), document.version());
            }
        }
        return versions;
    }
}
