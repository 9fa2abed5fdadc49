/**
 * The product card as it would be without a cache: read from catalog-service's tables for every request, by what a service
 * would use for that. Reads as a role that row-level security lets see all, since its transaction would be one more cost that
 * a plain service need not have.
 */
@NullMarked
package io.souk.bench.tables;

import org.jspecify.annotations.NullMarked;
