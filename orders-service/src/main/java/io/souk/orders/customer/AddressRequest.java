package io.souk.orders.customer;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.kit.problem.Problem;
import io.souk.orders.tax.Destination;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import static io.souk.kit.problem.KitProblem.INVALID;

/** An address that a customer wants to keep. */
@RegisterForReflection
@Schema(name = "AddressRequest", examples = """
                {"label": "Home", "recipient": "Ada Lovelace", "lines": ["12 Carroll Street"], "postalCode": "11231",
                 "city": "Brooklyn", "region": "NY", "country": "US", "phone": "+1 718 555 0142"}""")
record AddressRequest(
        @Schema(maxLength = MAX_LABEL, description = "What the customer calls it.") @Nullable
        String label,

        @Schema(required = true, maxLength = MAX_TEXT) @Nullable
        String recipient,

        @Schema(required = true, description = "1 to 4: street, house, floor.") @Nullable
        List<@Nullable String> lines,

        @Schema(maxLength = MAX_POSTAL_CODE) @Nullable String postalCode,

        @Schema(required = true, maxLength = MAX_TEXT) @Nullable
        String city,

        @Schema(description = "ISO 3166-2 behind the country's dash.") @Nullable
        String region,

        @Schema(required = true, description = "ISO 3166-1, two capital letters.") @Nullable
        String country,

        @Schema(maxLength = Phone.MAX_LENGTH, description = "For whoever delivers: 4 to 15 digits. Not verified.")
        @Nullable
        String phone) {
    static final int MAX_LABEL = 50;
    static final int MAX_TEXT = 200;
    static final int MAX_POSTAL_CODE = 20;

    private static final int MAX_LINES = 4;

    static AddressRequest of(Address address) {
        var postal = address.postal();
        return new AddressRequest(
                address.label(),
                postal.recipient(),
                new ArrayList<@Nullable String>(postal.lines()),
                postal.postalCode(),
                postal.city(),
                postal.region(),
                postal.country(),
                postal.phone());
    }

    /** The address under that id; 422 naming each bad field. */
    Address checked(UUID id) {
        var problem = INVALID.because("The address breaks a rule");
        Texts.check(label, MAX_LABEL, "/label", problem);
        Texts.require(recipient, MAX_TEXT, "/recipient", problem);
        checkLines(problem);
        Texts.check(postalCode, MAX_POSTAL_CODE, "/postalCode", problem);
        Texts.require(city, MAX_TEXT, "/city", problem);
        if (region != null && !Destination.isRegion(region)) {
            problem.at("/region", "must be 1 to 3 of A-Z and 0-9");
        }
        if (country == null || !Destination.isCountry(country)) {
            problem.at("/country", "is not an ISO 3166 code such as US");
        }
        Texts.check(phone, Phone::fault, "/phone", problem);
        if (!problem.errors().isEmpty()) {
            throw problem;
        }
        var postal = new PostalAddress(
                Objects.requireNonNull(recipient),
                Objects.requireNonNull(lines).stream()
                        .map(Objects::requireNonNull)
                        .toList(),
                postalCode,
                Objects.requireNonNull(city),
                region,
                Objects.requireNonNull(country),
                phone);
        return new Address(id, label, postal);
    }

    private void checkLines(Problem problem) {
        if (lines == null || lines.isEmpty() || lines.size() > MAX_LINES) {
            problem.at("/lines", "must be 1 to " + MAX_LINES);
            return;
        }
        for (int i = 0; i < lines.size(); i++) {
            Texts.require(lines.get(i), MAX_TEXT, "/lines/" + i, problem);
        }
    }
}
