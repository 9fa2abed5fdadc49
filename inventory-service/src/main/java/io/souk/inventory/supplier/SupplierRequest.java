package io.souk.inventory.supplier;

import io.souk.kit.problem.Problem;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.regex.Pattern;

import static io.souk.kit.problem.KitProblem.INVALID;

/** All that people say of a supplier; without a status it is bought of. */
@Schema(name = "NewSupplier", examples = """
    {"code": "nordmilch", "name": "Nordmilch eG", "accountNumber": "K-4711",
     "contact": {"name": "Orders desk", "email": "orders@nordmilch.example", "phone": "+49 40 123"}}
    """)
record SupplierRequest(
        @Nullable String code,
        @Nullable String name,
        @Nullable String accountNumber,
        @Nullable Contact contact,
        @Nullable SupplierStatus status) {
    private static final Pattern CODE = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final int MAX_NAME = 200;
    private static final int MAX_ACCOUNT = 100;

    record Valid(String code, String name, @Nullable String accountNumber, Contact contact, SupplierStatus status) {
        /** Whether it says of the supplier what is so already. */
        boolean is(Supplier present) {
            return name.equals(present.name())
                    && Objects.equals(accountNumber, present.accountNumber())
                    && contact.equals(present.contact())
                    && status == present.status();
        }
    }

    /** 422 naming each bad field. */
    Valid valid() {
        var problem = INVALID.because("The supplier breaks a rule");
        if (code == null || !CODE.matcher(code).matches()) {
            problem.at("/code", "must be 1 to 63 of a-z, 0-9 and dashes, not starting with a dash");
        }
        if (name == null) {
            problem.at("/name", "is missing");
        }
        checkText(name, MAX_NAME, "/name", problem);
        checkText(accountNumber, MAX_ACCOUNT, "/accountNumber", problem);
        if (contact != null) {
            contact.check(problem);
        }
        if (!problem.errors().isEmpty()) {
            throw problem;
        }
        return new Valid(
                Objects.requireNonNull(code),
                Objects.requireNonNull(name),
                accountNumber,
                Objects.requireNonNullElse(contact, Contact.NONE),
                Objects.requireNonNullElse(status, SupplierStatus.ACTIVE));
    }

    static void checkText(@Nullable String text, int max, String field, Problem problem) {
        if (text != null && (text.isBlank() || text.length() > max)) {
            problem.at(field, "must have 1 to " + max + " characters");
        }
    }
}
