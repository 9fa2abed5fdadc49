package io.souk.inventory.location;

import io.souk.kit.problem.Problem;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import static io.souk.kit.problem.KitProblem.FORBIDDEN;
import static io.souk.kit.problem.KitProblem.INVALID;

/**
 * A new location as asked for. Without a position it comes after those that are there. It is the vendor's that it names; without
 * one, a merchant's is its vendor's, and another's the tenant's own.
 */
@Schema(name = "NewLocation", examples = """
    {"code": "brooklyn", "name": "Brooklyn warehouse", "position": 10}
    """)
record LocationRequest(
        @Nullable String code,
        @Nullable String name,
        @Nullable Integer position,
        @Nullable String vendor) {
    private static final int MAX_NAME = 200;
    private static final int MAX_POSITION = 1_000_000;

    /**
     * The code and the name once they are known to be good; 422 naming each bad field otherwise. 403 for a merchant that names
     * another vendor, or a position: who sells first is the tenant's to say.
     */
    Valid valid(Reach reach) {
        if (reach.vendor() != null) {
            requireOwn(reach.vendor());
        }
        var problem = INVALID.because("The location breaks a rule");
        if (code == null || !LocationCode.isValid(code)) {
            problem.at("/code", "must be 1 to 63 of a-z, 0-9 and dashes, not starting with a dash");
        }
        var whose = reach.vendor() == null ? vendor : reach.vendor();
        if (whose != null && LocationCode.MAIN.equals(code)) {
            problem.at("/code", "is the tenant's own: what names no location goes there");
        }
        checkName(name, problem);
        if (position != null) {
            checkPosition(position, problem);
        }
        if (vendor != null && !VendorCode.isValid(vendor)) {
            problem.at("/vendor", "must be " + VendorCode.FORM_IN_WORDS);
        }
        return validUnless(problem, whose);
    }

    static void checkName(@Nullable String name, Problem problem) {
        if (name == null || name.isBlank() || name.length() > MAX_NAME) {
            problem.at("/name", "must have 1 to " + MAX_NAME + " characters");
        }
    }

    static void checkPosition(@Nullable Integer position, Problem problem) {
        if (position == null || position < 0 || position > MAX_POSITION) {
            problem.at("/position", "must be between 0 and " + MAX_POSITION);
        }
    }

    private void requireOwn(String own) {
        var problem = FORBIDDEN.because("A merchant adds locations of its own vendor, behind those that are there");
        if (vendor != null && !vendor.equals(own)) {
            problem.at("/vendor", "is not the token's");
        }
        if (position != null) {
            problem.at("/position", "is the tenant's to say");
        }
        if (!problem.errors().isEmpty()) {
            throw problem;
        }
    }

    private Valid validUnless(Problem problem, @Nullable String whose) {
        if (code == null || name == null || !problem.errors().isEmpty()) {
            throw problem;
        }
        return new Valid(code, name.strip(), position, whose);
    }

    record Valid(
            String code,
            String name,
            @Nullable Integer position,
            @Nullable String vendor) {}
}
