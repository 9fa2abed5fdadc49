/**
 * Money as the shop writes it everywhere: a whole number of minor units and an ISO 4217 currency, never a fraction.
 *
 * <p>Owns no table and no topic. Sums are exact or fail; two currencies never mix.
 */
@NullMarked
package io.souk.kit.money;

import org.jspecify.annotations.NullMarked;
