package io.souk.orders.tax;

import io.souk.kit.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What is to be taxed.
 *
 * @param amount the line's price as it is shown
 * @param category the type of its product; null when it has none
 */
public record TaxableLine(Money amount, @Nullable String category) {}
