package io.souk.inventory.reservation;

import io.souk.kit.tenant.TenantId;

import java.util.UUID;

/** An open reservation of some tenant whose time has run out. */
record DueReservation(TenantId tenant, UUID id) {}
