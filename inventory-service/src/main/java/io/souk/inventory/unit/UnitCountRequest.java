package io.souk.inventory.unit;

import io.souk.inventory.location.LocationCode;
import io.souk.inventory.stock.Paper;
import io.souk.inventory.variant.VariantName;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import static io.souk.kit.problem.KitProblem.INVALID;

/**
 * The serial numbers of all units of a variant that somebody found at a location; without one, at the main one. None at all is a
 * count, too.
 */
@Schema(name = "UnitCount", examples = """
    {"location": "main", "sku": "DD1391-100-EU42", "serialNumbers": ["PSA-48113967", "PSA-48113968"], "reference": "case 4"}
    """)
record UnitCountRequest(
        @Nullable String location,
        @Nullable String sku,
        @Nullable UUID variantId,
        @Nullable List<@Nullable String> serialNumbers,
        @Nullable String reference) {
    /** Of more at one level none is counted: what is not named would be missing. */
    static final int MAX_UNITS = 5_000;

    /** @param serialNumbers as they were read, by their keys */
    record Valid(String location, VariantName variant, Map<String, String> serialNumbers) {}

    /** 422 naming each bad field. */
    Valid valid() {
        var problem = INVALID.because("The count breaks a rule");
        VariantName.check(sku, variantId, "", problem);
        if (reference != null && (reference.isBlank() || reference.length() > Paper.MAX_REFERENCE)) {
            problem.at("/reference", "must have 1 to " + Paper.MAX_REFERENCE + " characters");
        }
        if (serialNumbers == null || serialNumbers.size() > MAX_UNITS) {
            throw problem.at("/serialNumbers", "must name at most " + MAX_UNITS + " units");
        }
        var seen = new LinkedHashMap<String, String>();
        for (int i = 0; i < serialNumbers.size(); i++) {
            @Nullable String serial = serialNumbers.get(i);
            SerialNumber.check(serial, "/serialNumbers/" + i, problem);
            if (serial != null && seen.putIfAbsent(SerialNumber.key(serial), serial) != null) {
                problem.at("/serialNumbers/" + i, "is named already");
            }
        }
        if (!problem.errors().isEmpty()) {
            throw problem;
        }
        return new Valid(location == null ? LocationCode.MAIN : location, VariantName.of(sku, variantId), seen);
    }
}
