package io.souk.kit.retelling;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import static io.souk.kit.problem.KitProblem.INVALID;

/** Which aggregates to tell once more. */
@Schema(name = "NewRetelling", examples = """
        {}
        """)
record RetellingRequest(
        @Schema(description = "By the last word of their topics; all that the service publishes unless some are named")
        @Nullable
        List<@Nullable String> aggregates) {

    /** @param all that there are */
    Set<String> aggregates(Set<String> all) {
        if (aggregates == null) {
            return all;
        }
        if (aggregates.isEmpty()) {
            throw INVALID.because("It must be said what to tell").at("/aggregates", "must not be empty");
        }
        var named = new TreeSet<String>();
        for (int i = 0; i < aggregates.size(); i++) {
            var name = aggregates.get(i);
            if (name == null || !all.contains(name)) {
                throw INVALID.because("This service publishes no such aggregate")
                        .at("/aggregates/" + i, "must be one of " + new TreeSet<>(all));
            }
            named.add(name);
        }
        return named;
    }
}
