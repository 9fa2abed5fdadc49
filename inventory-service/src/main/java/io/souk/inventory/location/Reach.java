package io.souk.inventory.location;

import io.souk.kit.tenant.TenantId;
import io.souk.kit.token.Caller;
import io.souk.kit.token.Roles;
import org.jspecify.annotations.Nullable;

import static io.souk.kit.problem.KitProblem.FORBIDDEN;

/**
 * Whose locations somebody may reach, and so whose stock: all of the tenant's, or those of one vendor alone. What lies beyond
 * does not exist for them.
 *
 * @param vendor null for all of the tenant's
 */
public record Reach(TenantId tenant, @Nullable String vendor) {
    /**
     * Of a caller who works for the tenant, all; of a merchant, its vendor's, whatever else it may be but admin or service. 403 for
     * a merchant whose token names no vendor.
     */
    public static Reach of(Caller caller) {
        if (!caller.has(Roles.MERCHANT) || caller.has(Roles.ADMIN) || caller.has(Roles.SERVICE)) {
            return new Reach(caller.tenant(), null);
        }
        if (caller.vendor() == null) {
            throw FORBIDDEN.because("A merchant acts for a vendor, and the token names none");
        }
        if (!VendorCode.isValid(caller.vendor())) {
            throw FORBIDDEN.because("The vendor that the token names must be " + VendorCode.FORM_IN_WORDS);
        }
        return new Reach(caller.tenant(), caller.vendor());
    }

    public boolean isWhole() {
        return vendor == null;
    }

    boolean covers(Location location) {
        return vendor == null || vendor.equals(location.vendor());
    }

    /** An operation of somebody who reaches this far: what one vendor sent under a key is not another's to have repeated. */
    public String operation(String name) {
        return vendor == null ? name : name + "/" + vendor;
    }
}
