package io.souk.kit.view;

import io.smallrye.mutiny.Uni;
import io.souk.kit.protocol.Generation;
import io.souk.kit.tenant.TenantId;
import org.jspecify.annotations.Nullable;

import java.util.Set;

/** Where the generation of this release's layout is kept. */
interface GenerationStore {
    /**
     * The present generation as an updater finds it, and the database's clock with it.
     *
     * @param clockMicros at a moment during the call
     */
    record Seen(Generation generation, long clockMicros) {}

    /** As a reader may ask, in the name of its tenant; null while no updater has made one. */
    Uni<@Nullable Generation> find(TenantId tenant);

    /** For updaters; makes one if there is none. */
    Uni<Seen> look();

    /** Notes one that is being built, so that nobody takes what it holds for waste; in the place of one that was built before. */
    Uni<Void> reserve(Generation built);

    /**
     * The generations of which nothing may be swept: those of all layouts in use, and those that are being built. Says that this
     * layout is in use, and forgets those that have not been for a week.
     */
    Uni<Set<Generation>> kept();

    /** Makes the fresh one the generation if the lost one still is; whether it did. */
    Uni<Boolean> replace(Generation lost, Generation fresh);
}
