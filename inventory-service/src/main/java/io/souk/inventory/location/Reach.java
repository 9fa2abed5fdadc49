package io.souk.inventory.location;

import io.souk.kit.tenant.TenantId;
import io.souk.kit.token.Caller;
import org.jspecify.annotations.Nullable;

import static io.souk.kit.problem.KitProblem.FORBIDDEN;

/**
 * Whose locations somebody may reach, and so whose stock: all of the tenant's, or those of one vendor alone. What lies beyond
 * does not exist for them.
 *
 * @param vendor null for all of the tenant's
 */
public record Reach(TenantId tenant, @Nullable String vendor) {
    /** Of who acts for a vendor, the vendor's; of everybody else, all. 403 for a merchant whose token names no vendor. */
    public static Reach of(Caller caller) {
        if (!caller.actsForVendor()) {
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
