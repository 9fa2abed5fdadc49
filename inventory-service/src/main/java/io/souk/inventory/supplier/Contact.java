package io.souk.inventory.supplier;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.kit.problem.Problem;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Whom to ask; each part may be missing. */
@RegisterForReflection
@Schema(name = "SupplierContact")
record Contact(
        @Nullable String name,
        @Nullable String email,
        @Nullable String phone) {
    static final Contact NONE = new Contact(null, null, null);

    private static final int MAX_NAME = 200;
    private static final int MAX_EMAIL = 254;
    private static final int MAX_PHONE = 50;

    void check(Problem problem) {
        SupplierRequest.checkText(name, MAX_NAME, "/contact/name", problem);
        SupplierRequest.checkText(email, MAX_EMAIL, "/contact/email", problem);
        SupplierRequest.checkText(phone, MAX_PHONE, "/contact/phone", problem);
    }
}
