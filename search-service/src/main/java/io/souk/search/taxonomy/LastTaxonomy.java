package io.souk.search.taxonomy;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.TenantId;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The last taxonomy read of one tenant, and the one check that may be under way. A check gets {@link #PATIENCE} from its
 * beginning; a search that meets it later goes on with the last taxonomy at once, and the check ends in the background.
 */
final class LastTaxonomy {
    private static final Logger LOG = Logger.getLogger(LastTaxonomy.class);

    /** How long a search waits for a check, once there is a taxonomy to go on with; one takes a millisecond or two. */
    static final Duration PATIENCE = Duration.ofMillis(100);

    /** From the beginning of one check to that of the next, however the first one ended. */
    static final Duration BETWEEN_CHECKS = Duration.ofSeconds(1);

    private final TenantId tenant;
    private final Function<@Nullable Taxonomy, Uni<Taxonomy>> read;
    private final LongSupplier nanos;
    private @Nullable Taxonomy last;
    private @Nullable Uni<Taxonomy> check;
    private long began;

    /**
     * @param read reads the taxonomy, given the last one
     * @param nanos the time, in nanoseconds since whenever
     */
    LastTaxonomy(TenantId tenant, Function<@Nullable Taxonomy, Uni<Taxonomy>> read, LongSupplier nanos) {
        this.tenant = tenant;
        this.read = read;
        this.nanos = nanos;
    }

    /** Fails only while nothing was ever read. */
    synchronized Uni<Taxonomy> taxonomy() {
        long now = nanos.getAsLong();
        var known = last;
        var running = check;
        if (running == null) {
            if (known != null && now - began < BETWEEN_CHECKS.toNanos()) {
                return Uni.createFrom().item(known);
            }
            began = now;
            running = check(known);
            check = running;
        }
        if (known == null) {
            return running;
        }
        var patience = PATIENCE.minusNanos(now - began);
        return patience.isPositive()
                ? running.ifNoItem().after(patience).recoverWithItem(known)
                : Uni.createFrom().item(known);
    }

    private Uni<Taxonomy> check(@Nullable Taxonomy before) {
        var reading = read.apply(before).invoke(this::keep);
        var checking = before == null
                ? reading
                : reading.onFailure().invoke(this::tell).onFailure().recoverWithItem(before);
        return checking.onTermination().invoke(this::ended).memoize().indefinitely();
    }

    private synchronized void keep(Taxonomy taxonomy) {
        last = taxonomy;
    }

    private synchronized void ended() {
        check = null;
    }

    private void tell(Throwable failure) {
        LOG.warnf("The taxonomy of %s cannot be checked, the last one serves on: %s", tenant, failure);
    }
}
