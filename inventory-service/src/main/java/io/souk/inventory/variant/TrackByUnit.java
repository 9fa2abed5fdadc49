package io.souk.inventory.variant;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/** Whether each unit of a variant is known: the shop says so, not the catalogue. Whoever does answers for what is in stock of it. */
@ApplicationScoped
public class TrackByUnit {
    private final VariantRepository variants;

    TrackByUnit(VariantRepository variants) {
        this.variants = variants;
    }

    /**
     * What is known of a variant.
     *
     * @param sku null for one that the catalogue does not tell of
     * @param live whether the catalogue has it
     */
    public record Tracking(UUID variantId, @Nullable String sku, boolean live, boolean byUnit) {}

    /** Of whatever variant. */
    public Uni<Tracking> find(Tx tx, UUID variant) {
        return variants.findTracking(tx, variant);
    }

    /** Whether it is tracked; until the transaction ends, nobody else says otherwise, or makes a level of it. */
    public Uni<Boolean> lock(Tx tx, UUID variant) {
        return variants.lockTracking(tx, variant);
    }

    /** Of a locked variant; its levels say it from now on, too. */
    public Uni<Void> set(Tx tx, UUID variant, boolean byUnit) {
        return variants.track(tx, variant, byUnit);
    }

    /** Those that are tracked, by id, behind {@code after}. */
    public Uni<List<Tracking>> list(Tx tx, UUID after, int rows) {
        return variants.listTracked(tx, after, rows);
    }
}
