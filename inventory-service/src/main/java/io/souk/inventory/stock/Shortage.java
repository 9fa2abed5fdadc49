package io.souk.inventory.stock;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** Why a line was refused: fewer units are free, over all locations, than it asks for. */
@RegisterForReflection
public record Shortage(int line, String sku, long requested, long available) {}
