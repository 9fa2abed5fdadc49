/**
 * Prices: what a variant costs, one amount per currency.
 *
 * <p>Tables: {@code price_list}, {@code price}. Publishes {@code souk.catalog.price}, one event per product with all of
 * its prices; consumes nothing. The price list of a product is an aggregate of its own, so that a new price and a new text
 * never fight over one version. It follows the product: prices go with their variants, and its row is locked after the
 * product's.
 */
@NullMarked
package io.souk.catalog.price;

import org.jspecify.annotations.NullMarked;
