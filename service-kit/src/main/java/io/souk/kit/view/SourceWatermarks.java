package io.souk.kit.view;

import io.smallrye.mutiny.Uni;
import io.souk.kit.protocol.Watermarks;
import io.souk.kit.tenant.Tx;

import java.util.Set;

/** How far foreign topics are applied in the own tables. */
interface SourceWatermarks {
    /**
     * As the transaction sees it now: rows that it reads later hold at least that.
     *
     * @param foreign topics by their names in watermarks; nothing is asked when there are none
     */
    Uni<Watermarks> applied(Tx tx, Set<String> foreign);
}
