package io.souk.inventory.stock;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Why a line was refused: it asks for more than it can have.
 *
 * @param available what is free over all locations; of what lies in more than {@link FreeStock#LEVELS_OF_A_LINE} lots and
 *     locations, what is free in the first so many
 */
@RegisterForReflection
public record Shortage(int line, String sku, long requested, long available) {}
