package io.souk.orders.order;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.kit.money.Money;
import io.souk.orders.tax.LineTax;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The tax of an order's line, as answers and events tell it. */
@Schema(name = "LineTax")
@RegisterForReflection
public record TaxView(
        @Schema(description = "Millionths of the price without the tax: 8.875 % is 88750")
        int rateMillionths,

        @Schema(description = "Whether it is in the line's `amount`; else it is added to it")
        boolean inclusive,

        @Schema(description = "Rounded once, for this line: half a unit goes up")
        Money amount) {

    static @Nullable TaxView of(@Nullable LineTax tax) {
        return tax == null
                ? null
                : new TaxView(tax.rate().millionths(), tax.rate().inclusive(), tax.amount());
    }
}
