/**
 * What a service does while Debezium relays its outbox ({@code souk.relay.enabled=false}; docs/operations.md says how): it tells time
 * in the log, and takes out what Debezium has read.
 *
 * <p>Table {@code relay_heartbeat}: rows that Debezium puts into every topic of the service as heartbeats. Deletes from
 * {@code outbox}.
 *
 * <p>Promise: every event of a commit before a heartbeat's watermark lies before it in its partition, since Debezium keeps the
 * order of commits; and no event leaves the outbox before the replication slot is past it.
 */
@NullMarked
package io.souk.kit.debezium;

import org.jspecify.annotations.NullMarked;
