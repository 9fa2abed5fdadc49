package io.souk.kit.view;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.TenantId;
import jakarta.inject.Singleton;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/**
 * Finds ids by natural keys. What it finds is a hint: the caller confirms it against what it points to, and where that
 * says otherwise asks again with {@link #reload}.
 */
@Singleton
public class Lookups {
    /** How many keys one call may ask for. */
    public static final int MAX_KEYS = 200;

    Lookups() {}

    /**
     * The ids by key; a key that nothing has is left out.
     *
     * @throws IllegalArgumentException for more than {@link #MAX_KEYS} keys
     */
    public Uni<Map<String, UUID>> find(TenantId tenant, LookupKind kind, Collection<String> keys) {
        return reload(tenant, kind, keys);
    }

    /** As {@link #find}, from the own tables whatever the hints say; the hints are corrected. */
    public Uni<Map<String, UUID>> reload(TenantId tenant, LookupKind kind, Collection<String> keys) {
        if (keys.size() > MAX_KEYS) {
            throw new IllegalArgumentException("at most " + MAX_KEYS + " keys, not " + keys.size());
        }
        return keys.isEmpty() ? Uni.createFrom().item(Map.of()) : kind.load(tenant, keys);
    }
}
