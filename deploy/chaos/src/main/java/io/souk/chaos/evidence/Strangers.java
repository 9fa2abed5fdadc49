package io.souk.chaos.evidence;

import java.util.Set;
import java.util.stream.Collectors;

/** Finds other tenants in a text that is one tenant's alone. Everything that a tenant of the suite writes carries its name. */
public final class Strangers {
    private Strangers() {}

    public static Set<String> in(String text, String own, Set<String> tenants) {
        return tenants.stream()
                .filter(tenant -> !tenant.equals(own) && text.contains(tenant))
                .collect(Collectors.toUnmodifiableSet());
    }
}
