package io.souk.catalog.product;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;

import java.util.List;

/**
 * A feature that keeps something of its own per product or variant. It is told in the transaction of the change, after
 * the products' rows were written and while they are locked, so that both commit or neither.
 */
public interface ProductFollower {
    /** Revisions of one tenant, each of another product, in the order of their ids. */
    Uni<Void> changed(Tx tx, List<Revision> revisions);
}
