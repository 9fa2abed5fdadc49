package io.souk.search.taxonomy;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What brands and categories are called now. */
@ApplicationScoped
public class Names {
    private final TaxonomyRepository taxonomy;

    Names(TaxonomyRepository taxonomy) {
        this.taxonomy = taxonomy;
    }

    /**
     * The names of those that have one. No name changes until the transaction ends, so whoever stores a copy in it either
     * has the new name or is found by {@link NameReaders#renamed}.
     */
    public Uni<Map<UUID, String>> of(Tx tx, Set<UUID> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : taxonomy.holdNames(tx).chain(() -> taxonomy.names(tx, ids));
    }
}
