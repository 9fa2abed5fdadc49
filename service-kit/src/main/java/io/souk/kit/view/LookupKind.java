package io.souk.kit.view;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.TenantId;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** A way from a natural key, e.g. a SKU, to the id that has it. Keys are compared as given: normalise them first. */
public interface LookupKind {
    /** A lower-case word with dashes, unique in the service. */
    String name();

    /** How long a hint may live. */
    Duration ttl();

    /** The ids by key from the own tables, by one statement; a key that nothing has is left out. At most 200 keys. */
    Uni<Map<String, UUID>> load(TenantId tenant, Collection<String> keys);
}
