package io.souk.orders.checkout;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.kit.sku.Sku;
import io.souk.orders.order.Order;
import io.souk.orders.order.OrderLine;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.util.List;

/** What a customer wants to buy, and how to pay for it. Prices are not the customer's to say. */
@RegisterForReflection
@Schema(name = "OrderRequest", examples = """
                {"currency": "USD", "lines": [{"sku": "MAN-CHAL-500", "quantity": 2}],
                 "payment": {"provider": "sandbox", "token": "tok_ok"}}""")
public record OrderRequest(
        @Schema(description = "ISO 4217; every line must have a price in it.") @NotNull @Size(min = 3, max = 3)
        String currency,

        @NotNull @Size(min = 1, max = Order.MAX_LINES) List<@NotNull @Valid Line> lines,
        @NotNull @Valid Payment payment) {

    /** Some units of one SKU; each SKU stands in one line. */
    @RegisterForReflection
    @Schema(name = "OrderRequestLine", examples = """
                    {"sku": "MAN-CHAL-500", "quantity": 2}""")
    public record Line(
            @Schema(maxLength = Sku.MAX_LENGTH) @NotNull String sku,

            @NotNull @Min(1) @Max(OrderLine.MAX_QUANTITY) Integer quantity) {}

    /** A provider and the token that it gave to the customer; never card data. */
    @RegisterForReflection
    @Schema(name = "OrderRequestPayment", examples = """
                    {"provider": "sandbox", "token": "tok_ok"}""")
    public record Payment(
            @Schema(description = "`sandbox` needs no account.") @NotBlank @Size(max = 32)
            String provider,

            @Schema(description = "Sandbox: `tok_ok`, `tok_declined`, `tok_flaky`, `tok_timeout`.")
            @NotBlank
            @Size(max = 255)
            String token) {}
}
