/**
 * What is measured of every request, and what is not: labels never hold ids, tenants or raw paths, and the hot path pays
 * for one timer. Owns no table and no topic.
 */
@NullMarked
package io.souk.kit.metrics;

import org.jspecify.annotations.NullMarked;
