package io.souk.catalog.price;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/** All prices that a product shall have; what is not named is taken away. */
@RegisterForReflection
@Schema(
        name = "PriceListRequest",
        examples = "{\"prices\": [{\"sku\": \"CHALLAH-500\", \"amount\": 450, \"currency\": \"USD\"}]}")
public record PriceListRequest(
        @Schema(required = true, maxItems = PriceList.MAX_PRICES) @Nullable
        List<@Nullable PriceRequest> prices) {

    /** One price; the variant is named by its id, its SKU, or both if they agree. */
    @RegisterForReflection
    @Schema(name = "PriceRequest")
    public record PriceRequest(
            @Nullable UUID variantId,

            @Schema(examples = "CHALLAH-500") @Nullable String sku,

            @Schema(required = true, minimum = "0", description = "Minor units", examples = "450") @Nullable
            Long amount,

            @Schema(required = true, description = "ISO 4217", examples = "USD") @Nullable
            String currency) {}
}
