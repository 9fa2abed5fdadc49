package io.souk.inventory.reservation;

import io.souk.kit.tenant.TenantId;

import java.time.Instant;
import java.util.UUID;

/** An open reservation of some tenant whose time has run out. */
record DueReservation(Instant expiresAt, TenantId tenant, UUID id) {}
