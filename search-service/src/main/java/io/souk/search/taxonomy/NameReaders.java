package io.souk.search.taxonomy;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.TenantId;

import java.util.Set;
import java.util.UUID;

/** Whoever keeps copies of names hears of new ones. One bean per kind of copy. */
public interface NameReaders {

    /**
     * Brings every copy up to date with the names that {@link Names} gives now; done when all are. Told again after a crash in
     * between, so it leaves alone what is right already.
     */
    Uni<Void> renamed(TenantId tenant, NamedThings things, Set<UUID> ids);
}
