package io.souk.orders.tax;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.util.List;

/** A table of rates as it is read; {@code version} is what If-Match takes, 0 when there never was one. */
@RegisterForReflection
@Schema(name = "TaxTable")
record TaxTableView(long version, List<TaxRateView> rates) {
    static TaxTableView of(TaxTable table) {
        return new TaxTableView(
                table.version(), table.rates().stream().map(TaxRateView::of).toList());
    }
}
