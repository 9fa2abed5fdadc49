/**
 * Tenants: who is known here, and what each says for all of its shop.
 *
 * <p>Table: {@code tenant}. Publishes {@code souk.catalog.tenant}; consumes nothing. A tenant is known from the first
 * verified token on that names it; each replica remembers whom it has seen, so that a request costs one look-up in
 * memory.
 */
@NullMarked
package io.souk.catalog.tenant;

import org.jspecify.annotations.NullMarked;
