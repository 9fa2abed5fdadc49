package io.souk.search.query;

import io.smallrye.mutiny.Uni;
import io.souk.kit.http.AggregateVersions;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.view.TokenWait;
import io.souk.search.document.DocumentVersions;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** Waits until what a caller has seen of the catalogue can be found here. */
@ApplicationScoped
class AwaitDocuments {
    private final DocumentVersions documents;
    private final SearchEngine engine;
    private final TokenWait tokens;

    AwaitDocuments(DocumentVersions documents, SearchEngine engine, TokenWait tokens) {
        this.documents = documents;
        this.engine = engine;
        this.tokens = tokens;
    }

    /**
     * Completes once the next query sees every product, price and availability among them as it was seen or later: first the
     * documents have to hold them, then the engine to show those documents. Fails with 503 if that takes too long.
     */
    Uni<Void> shown(TenantId tenant, AggregateVersions seen) {
        var held = new AtomicReference<@Nullable Map<UUID, Long>>();
        var look = Uni.createFrom()
                .deferred(() -> holding(tenant, seen, held))
                .chain(versions -> versions == null ? Uni.createFrom().item(false) : engine.shows(tenant, versions));
        return tokens.until(tenant, look);
    }

    /** Not asked again once they are known: a product that changes all the time would be waited for for ever. */
    private Uni<@Nullable Map<UUID, Long>> holding(
            TenantId tenant, AggregateVersions seen, AtomicReference<@Nullable Map<UUID, Long>> held) {
        @Nullable Map<UUID, Long> known = held.get();
        if (known != null) {
            return Uni.createFrom().item(known);
        }
        return documents.holding(tenant, seen).invoke(held::set);
    }
}
