/**
 * The public shape of the events: generated from the records that become their JSON, and held to what was released under
 * {@code docs/schemas}.
 */
@NullMarked
package io.souk.testing.schema;

import org.jspecify.annotations.NullMarked;
