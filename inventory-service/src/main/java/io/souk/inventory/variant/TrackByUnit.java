package io.souk.inventory.variant;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/** Whether each unit of a variant is known. Whoever says so answers for what is in stock of it. */
@ApplicationScoped
public class TrackByUnit {
    private final VariantRepository variants;

    TrackByUnit(VariantRepository variants) {
        this.variants = variants;
    }

    /**
     * A variant that this service knows.
     *
     * @param live whether the catalogue still has it
     */
    public record Tracking(UUID variantId, String sku, boolean live, boolean byUnit) {}

    /** Null for one that the catalogue never told of. */
    public Uni<@Nullable Tracking> find(Tx tx, UUID variant) {
        return variants.findTracking(tx, variant);
    }

    /** As {@link #find}; until the transaction ends, nobody makes a level of it. */
    public Uni<@Nullable Tracking> lock(Tx tx, UUID variant) {
        return variants.lockTracking(tx, variant);
    }

    /** Of a locked variant; its levels say it from now on, too. */
    public Uni<Tracking> set(Tx tx, UUID variant, boolean byUnit) {
        return variants.track(tx, variant, byUnit);
    }

    /** Those that are tracked, by id, behind {@code after}. */
    public Uni<List<Tracking>> list(Tx tx, UUID after, int rows) {
        return variants.listTracked(tx, after, rows);
    }
}
