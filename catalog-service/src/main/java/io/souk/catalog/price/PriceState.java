package io.souk.catalog.price;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The event {@code souk.catalog.price.changed.v1}: all prices of a product. */
@RegisterForReflection
public record PriceState(UUID productId, long version, List<PriceEntry> prices, Set<String> changed) {

    /** One price within the event and the view. */
    @RegisterForReflection
    @Schema(name = "Price")
    public record PriceEntry(
            UUID variantId,
            @Schema(examples = "CHALLAH-500") String sku,

            @Schema(description = "Minor units", examples = "450")
            long amount,

            @Schema(examples = "USD") String currency) {
        static PriceEntry of(Price price) {
            return new PriceEntry(
                    price.variantId(),
                    price.sku().value(),
                    price.money().amount(),
                    price.money().currency());
        }
    }

    static PriceState of(PriceList list) {
        return new PriceState(
                list.productId(),
                list.version(),
                list.prices().stream().map(PriceEntry::of).toList(),
                Set.of("prices"));
    }
}
