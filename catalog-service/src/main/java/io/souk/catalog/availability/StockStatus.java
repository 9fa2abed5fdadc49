package io.souk.catalog.availability;

import java.util.Collection;
import java.util.Comparator;

/** What somebody who wants a variant is told of its stock, the best first. */
public enum StockStatus {
    IN_STOCK,
    LOW,
    SOLD_OUT;

    /** @param lowUnits from how many units down it is low; 0 if it never is */
    static StockStatus of(long available, long lowUnits) {
        if (available <= 0) {
            return SOLD_OUT;
        }
        return available <= lowUnits ? LOW : IN_STOCK;
    }

    /** Of a product: that of the variant that is best off; sold out where nothing is known to be there. */
    static StockStatus ofAll(Collection<StockStatus> variants) {
        return variants.stream().min(Comparator.naturalOrder()).orElse(SOLD_OUT);
    }
}
