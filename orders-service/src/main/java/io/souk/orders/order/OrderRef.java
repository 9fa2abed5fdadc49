package io.souk.orders.order;

import io.souk.kit.tenant.TenantId;

import java.util.UUID;

/** An order of some tenant, for work that goes through all of them. */
public record OrderRef(TenantId tenant, UUID id) {}
