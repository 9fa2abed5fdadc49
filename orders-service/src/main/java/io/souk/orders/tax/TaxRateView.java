package io.souk.orders.tax;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.kit.problem.Problem;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A rate as it is written and read. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "TaxRate")
record TaxRateView(
        @Schema(description = "ISO 3166-1, two capital letters") @Nullable
        String country,

        @Schema(description = "ISO 3166-2 behind the country's dash: `NY`; without it, every region") @Nullable
        String region,

        @Schema(description = "A product type, such as `grocery`; without it, every product") @Nullable
        String category,

        @Schema(
                description = "Millionths of the price without the tax: 8.875 % is 88750",
                minimum = "0",
                maximum = "1000000")
        @Nullable
        Integer rateMillionths,

        @Schema(description = "Whether the tax is in the prices that are shown; else it is added to them") @Nullable
        Boolean inclusive) {
    private static final int MAX_CATEGORY = 63;

    static TaxRateView of(TableRate row) {
        return new TaxRateView(
                row.country(),
                row.region(),
                row.category(),
                row.rate().millionths(),
                row.rate().inclusive());
    }

    /** The rate once it is known to be good; otherwise null, and what is wrong with it is in the problem. */
    @Nullable
    TableRate checked(String pointer, Problem problem) {
        var here = country;
        var rate = rateMillionths;
        if (here == null || !Destination.isCountry(here)) {
            problem.at(pointer + "/country", "is not an ISO 3166 code such as US");
            return null;
        }
        if (region != null && !Destination.isRegion(region)) {
            problem.at(pointer + "/region", "must be 1 to 3 of A-Z and 0-9");
            return null;
        }
        if (category != null && (category.isBlank() || category.length() > MAX_CATEGORY)) {
            problem.at(pointer + "/category", "must have 1 to " + MAX_CATEGORY + " characters");
            return null;
        }
        if (rate == null || rate < 0 || rate > TaxRate.WHOLE) {
            problem.at(pointer + "/rateMillionths", "must be between 0 and " + TaxRate.WHOLE);
            return null;
        }
        if (inclusive == null) {
            problem.at(pointer + "/inclusive", "is required");
            return null;
        }
        return new TableRate(here, region, category, new TaxRate(rate, inclusive));
    }
}
