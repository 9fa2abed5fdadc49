package io.souk.kit.token;

import java.util.Set;

/** The roles that a token may carry ({@link TokenConfig#rolesClaim}); others are ignored. */
public final class Roles {
    public static final String ADMIN = "admin";

    /**
     * Acts for the vendor that the token names ({@link TokenConfig#vendorClaim}). Vendors of a tenant are not kept apart yet: a
     * merchant may change all of its tenant's products and stock.
     */
    public static final String MERCHANT = "merchant";

    public static final String CUSTOMER = "customer";
    public static final String READONLY = "readonly";

    /** Another service of the shop, acting for a tenant. */
    public static final String SERVICE = "service";

    /** Runs the installation: the only role that needs no tenant, and then for {@code /v1/admin} alone. */
    public static final String OPERATOR = "operator";

    public static final Set<String> ALL = Set.of(ADMIN, MERCHANT, CUSTOMER, READONLY, SERVICE, OPERATOR);

    private Roles() {}
}
