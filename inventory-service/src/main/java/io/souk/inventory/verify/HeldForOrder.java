package io.souk.inventory.verify;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.util.UUID;

/**
 * A reservation that lives.
 *
 * @param status OPEN or CONFIRMED
 */
@RegisterForReflection
@Schema(name = "HeldForOrder")
record HeldForOrder(UUID id, UUID orderId, String status) {}
