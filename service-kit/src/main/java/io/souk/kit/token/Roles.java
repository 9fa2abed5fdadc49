package io.souk.kit.token;

import java.util.Set;

/** The roles that a token may carry ({@link TokenConfig#rolesClaim}); others are ignored. */
public final class Roles {
    public static final String ADMIN = "admin";

    /**
     * Acts for the vendor that the token names ({@link TokenConfig#vendorClaim}). The inventory keeps the vendors of a tenant apart:
     * a merchant sees and changes the stock of its own. The catalogue does not yet: there it may change all of its tenant's products.
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
