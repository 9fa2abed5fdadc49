package io.souk.orders.wishlist;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import static io.souk.kit.problem.KitProblem.INVALID;

/** What a customer calls a list. */
@RegisterForReflection
@Schema(name = "WishlistRequest", examples = """
                {"name": "Birthday"}""")
record WishlistRequest(
        @Schema(required = true, maxLength = Wishlist.MAX_NAME) @Nullable
        String name) {
    /** 422 for what is no name. */
    String checked() {
        var fault = fault();
        if (name == null || fault != null) {
            throw INVALID.because("The list cannot be called that").at("/name", fault == null ? "is missing" : fault);
        }
        return name;
    }

    private @Nullable String fault() {
        if (name == null || name.isBlank() || name.codePointCount(0, name.length()) > Wishlist.MAX_NAME) {
            return "must have 1 to " + Wishlist.MAX_NAME + " characters";
        }
        return name.codePoints().anyMatch(WishlistRequest::isUnprintable)
                ? "must not contain control characters or halves of characters"
                : null;
    }

    private static boolean isUnprintable(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.CONTROL || type == Character.SURROGATE;
    }
}
