package io.souk.orders.customer;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.orders.tax.Destination;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Where something can be sent.
 *
 * @param lines street, house, floor: what stands between the recipient and the city
 * @param region what ISO 3166-2 puts behind the country's dash; null where nobody writes it
 * @param country ISO 3166-1, two capital letters
 * @param phone whom to call who cannot find the door; null: nobody
 */
@RegisterForReflection
@Schema(name = "PostalAddress")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PostalAddress(
        String recipient,
        List<String> lines,
        @Nullable String postalCode,
        String city,
        @Nullable String region,
        String country,
        @Nullable String phone) {
    public PostalAddress {
        lines = List.copyOf(lines);
    }

    /** As far as taxes need it. */
    public Destination destination() {
        return new Destination(country, region);
    }
}
