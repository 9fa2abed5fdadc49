package io.souk.kit.outbox;

import io.souk.kit.event.Envelope;

/**
 * A committed event that is not yet in the log.
 *
 * @param spot where the row lies in its table
 * @param type the CloudEvents type
 */
@SuppressWarnings("ArrayRecordComponent") // on its way from the table to Kafka; compared by nobody
record OutboxRow(long seq, String spot, int shard, String type, Envelope envelope, byte[] payload) {}
