/**
 * How many reservations of one SKU a second: plain transactions on its row, beside inventory-service with two replicas, over
 * HTTP and by the events of orders. All are durable: PostgreSQL runs with fsync.
 */
@NullMarked
package io.souk.bench.reservations;

import org.jspecify.annotations.NullMarked;
