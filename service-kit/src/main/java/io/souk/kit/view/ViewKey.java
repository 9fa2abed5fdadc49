package io.souk.kit.view;

import io.souk.kit.tenant.TenantId;

import java.util.UUID;

/** Names one entry within a service. */
record ViewKey(String kind, TenantId tenant, UUID id) {}
