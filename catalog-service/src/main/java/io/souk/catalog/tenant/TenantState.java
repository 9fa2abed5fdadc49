package io.souk.catalog.tenant;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.kit.tenant.TenantId;

import java.util.Set;
import java.util.UUID;

/** The event {@code souk.catalog.tenant.changed.v1}. */
@RegisterForReflection
public record TenantState(UUID id, TenantId tenant, long version, Set<String> changed) {}
