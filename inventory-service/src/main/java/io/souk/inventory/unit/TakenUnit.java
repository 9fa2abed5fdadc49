package io.souk.inventory.unit;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Which unit a line of a reservation has, or got. */
@RegisterForReflection
@Schema(name = "TakenUnit")
public record TakenUnit(int line, String serialNumber) {}
