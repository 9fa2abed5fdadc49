package io.souk.orders.reference;

import io.souk.orders.price.SoldVariant;

import java.util.UUID;

/** A line of an order, as far as it names something of the catalogue. */
record OrderedVariant(UUID order, int line, SoldVariant variant) {}
