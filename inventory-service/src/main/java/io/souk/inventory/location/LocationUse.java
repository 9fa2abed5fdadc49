package io.souk.inventory.location;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;

import java.util.List;
import java.util.UUID;

/** Beans of this type know of goods, and can tell which of them keep a location from being closed. */
public interface LocationUse {
    /** Some of them, in words for who would close it; none when it may be closed. */
    Uni<List<String>> listAt(Tx tx, UUID location, int most);
}
