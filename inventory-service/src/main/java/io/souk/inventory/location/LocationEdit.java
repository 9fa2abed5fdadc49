package io.souk.inventory.location;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.Objects;

import static io.souk.kit.problem.KitProblem.FORBIDDEN;
import static io.souk.kit.problem.KitProblem.INVALID;

/** A location as people write it: what a merge patch is applied to. Its code and its vendor are for good. */
@RegisterForReflection
@Schema(name = "LocationEdit", examples = """
    {"name": "Brooklyn, behind the bridge", "position": 3}
    """)
record LocationEdit(
        @Nullable String code,
        @Nullable String name,
        @Nullable Integer position,
        @Nullable String vendor,
        @Nullable LocationStatus status) {
    static LocationEdit of(Location location) {
        return new LocationEdit(
                location.code(), location.name(), location.position(), location.vendor(), location.status());
    }

    /** 422 naming each bad field. 403 for a merchant that says another position: who sells first is the tenant's to say. */
    Location of(Reach reach, Location before) {
        if (!reach.isWhole() && !Objects.equals(position, before.position())) {
            throw FORBIDDEN
                    .because("A merchant's locations stay where they are in the order")
                    .at("/position", "is the tenant's to say");
        }
        var problem = INVALID.because("The location breaks a rule");
        if (!before.code().equals(code)) {
            problem.at("/code", "is %s for good".formatted(before.code()));
        }
        if (!Objects.equals(vendor, before.vendor())) {
            problem.at(
                    "/vendor",
                    before.vendor() == null ? "stays nobody's" : "is %s for good".formatted(before.vendor()));
        }
        LocationRequest.checkName(name, problem);
        LocationRequest.checkPosition(position, problem);
        if (status == null) {
            problem.at("/status", "is missing");
        }
        if (status == LocationStatus.CLOSED && before.code().equals(LocationCode.MAIN)) {
            problem.at("/status", "stays OPEN: what names no location goes there");
        }
        if (!problem.errors().isEmpty()) {
            throw problem;
        }
        return before.edited(
                Objects.requireNonNull(name).strip(), Objects.requireNonNull(position), Objects.requireNonNull(status));
    }
}
