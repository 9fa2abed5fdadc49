package io.souk.inventory.location;

import io.souk.kit.problem.Problem;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import static io.souk.kit.problem.KitProblem.INVALID;

/** A new location as asked for. Without a position it comes after those that are there. */
@Schema(name = "NewLocation", examples = """
    {"code": "brooklyn", "name": "Brooklyn warehouse", "position": 10}
    """)
record LocationRequest(
        @Nullable String code,
        @Nullable String name,
        @Nullable Integer position) {
    private static final int MAX_NAME = 200;
    private static final int MAX_POSITION = 1_000_000;

    /** The code and the name once they are known to be good; 422 naming each bad field otherwise. */
    Valid valid() {
        var problem = INVALID.because("The location breaks a rule");
        if (code == null || !LocationCode.isValid(code)) {
            problem.at("/code", "must be 1 to 63 of a-z, 0-9 and dashes, not starting with a dash");
        }
        if (name == null || name.isBlank() || name.length() > MAX_NAME) {
            problem.at("/name", "must have 1 to " + MAX_NAME + " characters");
        }
        if (position != null && (position < 0 || position > MAX_POSITION)) {
            problem.at("/position", "must be between 0 and " + MAX_POSITION);
        }
        return validUnless(problem);
    }

    private Valid validUnless(Problem problem) {
        if (code == null || name == null || !problem.errors().isEmpty()) {
            throw problem;
        }
        return new Valid(code, name.strip(), position);
    }

    record Valid(String code, String name, @Nullable Integer position) {}
}
