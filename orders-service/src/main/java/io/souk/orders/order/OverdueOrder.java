package io.souk.orders.order;

import io.souk.kit.tenant.TenantId;

import java.time.Instant;
import java.util.UUID;

/** An order of some tenant whose present step got no answer by its deadline. */
public record OverdueOrder(Instant deadline, TenantId tenant, UUID id) {}
