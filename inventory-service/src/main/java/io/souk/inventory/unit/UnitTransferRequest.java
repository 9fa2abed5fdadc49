package io.souk.inventory.unit;

import io.souk.inventory.stock.Paper;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import static io.souk.kit.problem.KitProblem.INVALID;

/** Units go to another location, from wherever each of them is. */
@Schema(name = "UnitTransfer", examples = """
    {"to": "brooklyn", "unitIds": ["01a1fef4-d008-7aaa-8001-000000000001"], "reference": "van 2"}
    """)
record UnitTransferRequest(
        @Nullable String to,
        @Nullable List<@Nullable UUID> unitIds,
        @Nullable String reference) {
    static final int MAX_UNITS = 500;

    record Valid(String to, List<UUID> unitIds) {}

    /** 422 naming each bad field. */
    Valid valid() {
        var problem = INVALID.because("The transfer breaks a rule");
        if (to == null) {
            problem.at("/to", "is missing");
        }
        if (reference != null && (reference.isBlank() || reference.length() > Paper.MAX_REFERENCE)) {
            problem.at("/reference", "must have 1 to " + Paper.MAX_REFERENCE + " characters");
        }
        if (unitIds == null || unitIds.isEmpty() || unitIds.size() > MAX_UNITS) {
            throw problem.at("/unitIds", "must name 1 to " + MAX_UNITS + " units");
        }
        var valid = new LinkedHashSet<UUID>();
        for (int i = 0; i < unitIds.size(); i++) {
            @Nullable UUID id = unitIds.get(i);
            if (id == null) {
                problem.at("/unitIds/" + i, "must not be null");
            } else if (!valid.add(id)) {
                problem.at("/unitIds/" + i, "is named already");
            }
        }
        if (!problem.errors().isEmpty()) {
            throw problem;
        }
        return new Valid(Objects.requireNonNull(to), List.copyOf(valid));
    }
}
