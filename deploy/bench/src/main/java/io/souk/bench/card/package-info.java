/**
 * The warm, authenticated read of a product card at catalog-service, beside a bare handler that writes the same bytes and beside
 * the same read from PostgreSQL; and where its CPU time goes.
 */
@NullMarked
package io.souk.bench.card;

import org.jspecify.annotations.NullMarked;
