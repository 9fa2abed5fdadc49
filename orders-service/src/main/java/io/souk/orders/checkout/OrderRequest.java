package io.souk.orders.checkout;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.kit.problem.Problem;
import io.souk.kit.sku.Sku;
import io.souk.orders.customer.PostalAddress;
import io.souk.orders.order.Order;
import io.souk.orders.order.OrderLine;
import io.souk.orders.tax.Destination;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/** What a customer wants to buy, and how to pay for it. Prices are not the customer's to say. */
@RegisterForReflection
@Schema(name = "OrderRequest", examples = """
                {"currency": "USD", "lines": [{"sku": "MAN-CHAL-500", "quantity": 2}],
                 "shipTo": {"country": "US", "region": "NY"}, "payment": {"provider": "sandbox", "token": "tok_ok"}}""")
public record OrderRequest(
        @Schema(description = "ISO 4217; every line must have a price in it.") @NotNull @Size(min = 3, max = 3)
        String currency,

        @NotNull @Size(min = 1, max = Order.MAX_LINES) List<@NotNull @Valid Line> lines,

        @Schema(description = OrderRequest.SHIP_TO) @Nullable
        ShipTo shipTo,

        @Schema(description = OrderRequest.ADDRESS)
        @JsonInclude(JsonInclude.Include.NON_NULL) // a key's request stays the same for who names none
        @Nullable
        UUID shippingAddressId,

        @Schema(description = OrderRequest.HOLD) @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
        UUID reservationId,

        @NotNull @Valid Payment payment) {

    /** What the API document says of members that a cart's check-out has, too. */
    static final String SHIP_TO = "Required where the shop charges taxes, unless an address is named.";

    static final String ADDRESS =
            "One of the customer's own addresses: the order takes a copy, and taxes go by it. Not beside `shipTo`.";

    static final String HOLD =
            "What the customer holds by an own reservation (POST /v1/reservations): the order takes its place, and it is"
                    + " released if the order's stock can be reserved with its units, else stays as it is. A merchant's"
                    + " token holds nothing: 403.";

    /** Where the order goes, as far as taxes need it. */
    @RegisterForReflection
    @Schema(name = "ShipTo", examples = """
                    {"country": "US", "region": "NY"}""")
    public record ShipTo(
            @Schema(description = "ISO 3166-1, two capital letters.") @Nullable
            String country,

            @Schema(description = "ISO 3166-2 behind the country's dash; where taxes depend on it.") @Nullable
            String region) {

        /** Adds what is wrong to the problem. */
        void check(Problem problem) {
            if (country == null || !Destination.isCountry(country)) {
                problem.at("/shipTo/country", "is not an ISO 3166 code such as US");
            }
            if (region != null && !Destination.isRegion(region)) {
                problem.at("/shipTo/region", "must be 1 to 3 of A-Z and 0-9");
            }
        }
    }

    /** By the address or by what is said of it, which are never both there; null when neither is. Asked once it was found to be good. */
    @Nullable
    Destination destination(@Nullable PostalAddress address) {
        if (shipTo == null || shipTo.country() == null) {
            return address == null ? null : address.destination();
        }
        return new Destination(shipTo.country(), shipTo.region());
    }

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

            @Schema(
                    description =
                            "What the provider gave for the card; a card's number is refused. Sandbox: `tok_ok`, `tok_declined`,"
                                    + " `tok_flaky`, `tok_timeout`, `tok_capture_declined`.")
            @NotBlank
            @Size(max = 255)
            String token) {}
}
