package io.souk.catalog.price;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.util.List;
import java.util.UUID;

/** A product's prices as they are read; {@code version} is what If-Match takes, 0 when there never were any. */
@RegisterForReflection
@Schema(name = "PriceList")
public record PriceListView(UUID productId, long version, List<PriceState.PriceEntry> prices) {
    static PriceListView of(PriceList list) {
        return of(PriceState.of(list));
    }

    static PriceListView of(PriceState state) {
        return new PriceListView(state.productId(), state.version(), state.prices());
    }
}
