package io.souk.kit.token;

import io.souk.kit.tenant.TenantId;
import org.jspecify.annotations.Nullable;

import java.security.Principal;
import java.util.Set;

import static io.souk.kit.problem.KitProblem.FORBIDDEN;

/**
 * Who sent this request, as a verified token says.
 *
 * @param tenantOrNull null only for an operator
 * @param vendor the vendor that a merchant acts for
 */
public record Caller(
        @Nullable TenantId tenantOrNull,
        String subject,
        Set<String> roles,
        @Nullable String vendor) implements Principal {
    public Caller {
        roles = Set.copyOf(roles);
    }

    /** 403 for an operator without a tenant. */
    public TenantId tenant() {
        if (tenantOrNull == null) {
            throw FORBIDDEN.because("The token names no tenant");
        }
        return tenantOrNull;
    }

    public boolean has(String role) {
        return roles.contains(role);
    }

    /** Whether it acts for one vendor, and not for the tenant: a merchant, whatever else it may be but admin or service. */
    public boolean actsForVendor() {
        return has(Roles.MERCHANT) && !has(Roles.ADMIN) && !has(Roles.SERVICE);
    }

    /** The tenant, for what is not parted by vendor: 403 too for who acts for one. */
    public TenantId wholeTenant() {
        if (actsForVendor()) {
            throw FORBIDDEN.because("A merchant acts for one vendor, and this is the whole tenant's");
        }
        return tenant();
    }

    @Override
    public String getName() {
        return subject;
    }
}
