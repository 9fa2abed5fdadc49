package io.souk.inventory.stock;

import java.util.UUID;

/** By how much a locked level moves. */
record LevelChange(UUID levelId, long onHand, long reserved) {}
